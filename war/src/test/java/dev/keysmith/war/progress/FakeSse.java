package dev.keysmith.war.progress;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A caller's end of a stream that notes what it is sent, as lines of text. */
final class FakeSse implements Sse, SseEventSink {

  final List<String> lines = new ArrayList<>();
  CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
  private boolean closed;

  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    lines.add(event.toString());
    return sent;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public SseBroadcaster newBroadcaster() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutboundSseEvent.Builder newEventBuilder() {
    return new Builder();
  }

  @SuppressWarnings("rawtypes") // as the interface has it
  private static final class Builder implements OutboundSseEvent.Builder {

    private String line = "";

    private Builder add(String part) {
      line += line.isEmpty() ? part : " " + part;
      return this;
    }

    @Override
    public Builder id(String id) {
      return add("id:" + id);
    }

    @Override
    public Builder name(String name) {
      return add("event:" + name);
    }

    @Override
    public Builder reconnectDelay(long milliseconds) {
      return add("retry:" + milliseconds);
    }

    @Override
    public Builder mediaType(MediaType mediaType) {
      return this;
    }

    @Override
    public Builder comment(String comment) {
      return add(":" + comment);
    }

    @Override
    public Builder data(Class type, Object data) {
      return data(data);
    }

    @Override
    public Builder data(GenericType type, Object data) {
      return data(data);
    }

    @Override
    public Builder data(Object data) {
      return add("data:" + data);
    }

    @Override
    public OutboundSseEvent build() {
      String text = line;
      return (OutboundSseEvent)
          Proxy.newProxyInstance(
              FakeSse.class.getClassLoader(),
              new Class<?>[] {OutboundSseEvent.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("toString")) {
                  return text;
                }
                throw new UnsupportedOperationException(method.getName());
              });
    }
  }
}

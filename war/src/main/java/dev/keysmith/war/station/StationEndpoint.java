package dev.keysmith.war.station;

import dev.keysmith.core.station.LinkSocket;
import dev.keysmith.core.station.StationLink;
import dev.keysmith.core.station.StationLinks;
import dev.keysmith.station.link.Link;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The WebSocket of one station; core decides what is done with it. */
@ServerEndpoint(value = Link.PATH, configurator = StationHandshake.class)
public class StationEndpoint {

  private static final Logger LOG = System.getLogger(StationEndpoint.class.getName());

  @Inject StationLinks links;

  private @Nullable StationLink link;

  /** A connection has come. */
  @OnOpen
  public void open(Session session, EndpointConfig config) {
    session.setMaxBinaryMessageBufferSize(Link.MOST_BYTES);
    session.setMaxTextMessageBufferSize(1);
    session.setMaxIdleTimeout(Link.SILENCE.multipliedBy(2).toMillis());
    StationSocket socket = new StationSocket(session);
    StationLink opened =
        links.connect(
            new LinkSocket(socket::send, socket::ping, socket::close),
            String.valueOf(config.getUserProperties().get(HandshakeFilter.ORIGIN)),
            String.valueOf(config.getUserProperties().get(HandshakeFilter.ADDRESS)));
    link = opened;
    session.addMessageHandler(PongMessage.class, pong -> opened.heard());
  }

  /** A frame has come. */
  @OnMessage
  public void receive(byte[] message) {
    if (link != null) {
      link.receive(message);
    }
  }

  /** The connection has ended. */
  @OnClose
  public void close(Session session, CloseReason reason) {
    if (link != null) {
      link.end();
    }
  }

  /** The connection fails, or what core did with a frame; it is over in either case. */
  @OnError
  public void fail(Session session, Throwable failure) {
    LOG.log(Level.INFO, "The connection of a station failed: {0}", String.valueOf(failure));
    if (link != null) {
      link.end();
    }
  }
}

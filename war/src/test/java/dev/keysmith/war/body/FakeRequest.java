package dev.keysmith.war.body;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and its answer, without a server. */
final class FakeRequest {

  final Map<String, String> headers = new HashMap<>();
  final Map<String, String> answerHeaders = new HashMap<>();
  final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  String method = "POST";
  String servletPath;
  @Nullable String pathInfo;
  @Nullable String query;
  @Nullable String principal;
  String address = "203.0.113.7";
  DispatcherType dispatcher = DispatcherType.REQUEST;
  long length;
  InputStream body;
  int status = 200;
  final Map<String, Object> attributes = new HashMap<>();
  final java.io.StringWriter page = new java.io.StringWriter();
  boolean streamTaken;

  private FakeRequest(String servletPath, @Nullable String pathInfo, byte[] body) {
    this.servletPath = servletPath;
    this.pathInfo = pathInfo;
    this.body = new ByteArrayInputStream(body);
    this.length = body.length;
  }

  static FakeRequest of(String path, String type, byte[] body) {
    FakeRequest request =
        path.startsWith("/api")
            ? new FakeRequest("/api", path.substring(4), body)
            : new FakeRequest(path, null, body);
    request.headers.put("Content-Type", type);
    return request;
  }

  FakeRequest by(String name) {
    principal = name;
    return this;
  }

  /** Says nothing of its length, as a sender may who sends chunks. */
  FakeRequest chunked() {
    headers.put("Transfer-Encoding", "chunked");
    length = -1;
    return this;
  }

  /** What stands on the page that answers. */
  String text() {
    return page.toString();
  }

  HttpServletRequest request() {
    return proxy(HttpServletRequest.class, this::told);
  }

  private @Nullable Object told(String name, Object[] arguments) {
    return switch (name) {
      case "getMethod" -> method;
      case "getServletPath" -> servletPath;
      case "getPathInfo" -> pathInfo;
      case "getContentType" -> headers.get("Content-Type");
      case "getHeader" -> headers.get(arguments[0]);
      case "getContentLengthLong" -> length;
      case "getRemoteAddr" -> address;
      case "getDispatcherType" -> dispatcher;
      case "getQueryString" -> query;
      case "getAttribute" -> attributes.get(arguments[0]);
      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
      case "getLocale" -> java.util.Locale.ENGLISH;
      case "getLocales" ->
          java.util.Collections.enumeration(java.util.List.of(java.util.Locale.ENGLISH));
      case "getCookies" -> null;
      case "getSession" -> null;
      case "getUserPrincipal" -> principal == null ? null : (Principal) () -> principal;
      case "getInputStream" -> {
        streamTaken = true;
        yield new Stream();
      }
      default -> throw new UnsupportedOperationException(name);
    };
  }

  HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (name, arguments) -> {
          switch (name) {
            case "setHeader" -> answerHeaders.put((String) arguments[0], (String) arguments[1]);
            case "setStatus" -> status = (int) arguments[0];
            case "getStatus" -> {
              return status;
            }
            case "getWriter" -> {
              return new java.io.PrintWriter(page, true);
            }
            case "getOutputStream" -> {
              return new Sink();
            }
            default -> {
              // Of no interest here.
            }
          }
          return null;
        });
  }

  private interface Teller {
    @Nullable Object tell(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Teller teller) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> teller.tell(method.getName(), arguments)));
  }

  private final class Stream extends ServletInputStream {

    @Override
    public int read() throws IOException {
      return body.read();
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      return body.read(into, offset, count);
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Sink extends jakarta.servlet.ServletOutputStream {

    @Override
    public void write(int value) {
      answer.write(value);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(jakarta.servlet.WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.keysmith.war.body;

import dev.keysmith.station.link.Link;
import dev.keysmith.war.web.ApiPath;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * What a request may carry. The open resources, which take bodies of strangers, may carry least;
 * lists of users alone may be large.
 *
 * @param bytes the greatest length
 * @param within how long the body may take to arrive
 * @param kind who reads it
 */
record BodyLimit(int bytes, Duration within, Kind kind) {

  private static final int KIB = 1024;
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LARGE = Duration.ofMinutes(2);

  /** Who reads a body. */
  enum Kind {
    /** A resource or a servlet, as it comes. */
    DATA,
    /** A page, as fields of a form. */
    FORM,
    /** A resource that takes a list of users; its roles are checked before it reads. */
    LIST
  }

  static BodyLimit of(HttpServletRequest request) {
    String path = ApiPath.of(request);
    boolean stranger = request.getUserPrincipal() == null;
    if (path.startsWith("/api/")) {
      return ofApi(path, request.getContentType());
    }
    if (path.startsWith("/panel/")) {
      return new BodyLimit((stranger ? 16 : 128) * KIB, SOON, Kind.FORM);
    }
    return new BodyLimit(path.startsWith("/login/") ? 16 * KIB : 0, SOON, Kind.DATA);
  }

  private static BodyLimit ofApi(String path, String type) {
    boolean list = path.equals("/api/imports/list") || path.equals("/api/imports/list/preview");
    if (list && MediaTypes.is(type, MediaTypes.CSV)) {
      return new BodyLimit(16 * KIB * KIB, LARGE, Kind.LIST);
    }
    if (path.equals(Link.PAIRING_PATH)) {
      return new BodyLimit(4 * KIB, SOON, Kind.DATA);
    }
    if (path.startsWith("/api/activation/")) {
      return new BodyLimit(path.endsWith("/redeem") ? KIB : 4 * KIB, SOON, Kind.DATA);
    }
    return new BodyLimit(128 * KIB, SOON, Kind.DATA);
  }
}

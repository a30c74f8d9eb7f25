package dev.keysmith.war.web;

import jakarta.servlet.http.HttpServletRequest;

/** Which requests are for the REST API. */
public final class ApiPath {

  private ApiPath() {}

  /** Whether the request is for the REST API, as the container will dispatch it. */
  public static boolean matches(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.equals("/api") || path.startsWith("/api/");
  }
}

package dev.keysmith.war.web;

import jakarta.servlet.http.HttpServletRequest;

/** Which requests are for the REST API. */
public final class ApiPath {

  private ApiPath() {}

  /**
   * The path of a request within the application, as the container will dispatch it: without what
   * stands behind a semicolon.
   */
  public static String of(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  /** Whether the request is for the REST API, as the container will dispatch it. */
  public static boolean matches(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.equals("/api") || path.startsWith("/api/");
  }
}

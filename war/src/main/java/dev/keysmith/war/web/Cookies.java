package dev.keysmith.war.web;

/** Names of cookies. */
public final class Cookies {

  private static final String THIS_HOST = "__Host-";

  private Cookies() {}

  /**
   * The name under TLS, where browsers take such a cookie from this host alone and never from a
   * sub-domain beside it (RFC 6265bis, section 4.1.3.2). It needs {@code Secure} and the path
   * {@code /}.
   */
  public static String name(String plain, boolean secure) {
    return secure ? THIS_HOST + plain : plain;
  }
}

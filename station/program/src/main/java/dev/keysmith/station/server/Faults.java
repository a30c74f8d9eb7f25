package dev.keysmith.station.server;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Says in words why a server was not reached, and what to do. */
public final class Faults {

  /** The status with which a proxy asks for a password. */
  public static final int PROXY_ASKS = 407;

  /** What to do then. */
  public static final String PROXY_ASKS_WORDS =
      "The proxy asks for a user and a password. Set \"proxy.user\" and \"proxy.password.file\", or"
          + " correct them.";

  private Faults() {}

  /** One or two sentences. */
  public static String inWords(Throwable fault) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = fault; each != null && causes.size() < 20; each = each.getCause()) {
      causes.add(each);
    }
    return causes.stream()
        .map(Faults::known)
        .filter(words -> !words.isEmpty())
        .reduce((outer, inner) -> inner)
        .orElseGet(() -> "The connection failed (%s).".formatted(root(causes)));
  }

  private static String root(List<Throwable> causes) {
    Throwable root = causes.get(causes.size() - 1);
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static String known(Throwable fault) {
    if (fault instanceof PinException) {
      return "Its certificates do not have the key of the setting \"pin\". If the server has a new key,"
          + " set the new pin; otherwise another server stands in its place.";
    } else if (fault instanceof CertificateExpiredException) {
      return "Its certificate has expired. Renew it at the server; or set this machine's clock.";
    } else if (fault instanceof CertificateNotYetValidException) {
      return "Its certificate is not valid yet. Set this machine's clock.";
    } else if (fault instanceof CertPathBuilderException) {
      return "Its certificate is from an unknown authority. Put the authority's certificate in PEM"
          + " into a file and name it in the setting \"ca\".";
    } else if (fault instanceof CertificateException && isAboutTheName(fault)) {
      return "Its certificate is for another name. Use the name of the certificate as the address.";
    } else if (fault instanceof SSLException) {
      return "No secure connection could be made (%s).".formatted(fault.getMessage());
    } else if (fault instanceof WebSocketHandshakeException handshake) {
      if (handshake.getResponse().statusCode() == PROXY_ASKS) {
        return PROXY_ASKS_WORDS;
      }
      return "It answered with HTTP status %d. Check the address, and that reverse proxies pass WebSockets."
          .formatted(handshake.getResponse().statusCode());
    } else if (fault instanceof HttpTimeoutException) {
      return "It did not answer in time. Check the line, and the setting \"proxy\".";
    } else if (fault instanceof UnresolvedAddressException
        || fault instanceof UnknownHostException) {
      return "Its name is not known. Check the address, and this machine's DNS.";
    } else if (fault instanceof ConnectException) {
      return "Nothing takes connections there. Check that the server runs, and the setting \"proxy\".";
    }
    return "";
  }

  private static boolean isAboutTheName(Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    return message.contains("subject alternative") || message.contains("No name matching");
  }
}

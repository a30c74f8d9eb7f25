package dev.keysmith.station.server;

import java.security.cert.CertificateException;

/** The server's certificates are valid, and none has the pinned key. */
public final class PinException extends CertificateException {

  private static final long serialVersionUID = 1L;

  PinException() {
    super("The server's certificates do not have the key of the setting \"pin\".");
  }
}

package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.Set;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jnasmartcardio.Smartcardio.JnaPCSCException;

/** Puts the error codes of PC/SC into words. */
final class PcscError {

  private static final int NO_SMARTCARD = 0x8010000C;
  private static final int SHARING_VIOLATION = 0x8010000B;
  private static final int COMM_ERROR = 0x80100013;
  private static final int SECURITY_VIOLATION = 0x8010006A;
  private static final int NO_SERVICE = 0x8010001D;
  private static final int SERVICE_STOPPED = 0x8010001E;
  private static final int NO_READERS = 0x8010002E;

  private static final Set<Integer> GONE =
      Set.of(
          NO_SMARTCARD,
          0x80100003, // SCARD_E_INVALID_HANDLE: the service has dropped it with its reader
          0x80100009, // SCARD_E_UNKNOWN_READER
          0x80100016, // SCARD_E_NOT_TRANSACTED: what a card torn from the field leaves
          0x80100017, // SCARD_E_READER_UNAVAILABLE
          0x80100066, // SCARD_W_UNRESPONSIVE_CARD
          0x80100067, // SCARD_W_UNPOWERED_CARD
          0x80100068, // SCARD_W_RESET_CARD: it has lost its state
          0x80100069); // SCARD_W_REMOVED_CARD

  private static final Set<Integer> NO_SERVICE_CODES =
      Set.of(NO_SERVICE, SERVICE_STOPPED, NO_READERS);

  private PcscError() {}

  /**
   * The exception for a failure.
   *
   * @param tried what failed, for instance {@code open the security key}
   * @param cause as javax.smartcardio reports it
   */
  static PluginException exception(String tried, CardException cause) {
    int code = code(cause);
    if (GONE.contains(code) || cause instanceof CardNotPresentException) {
      return absent();
    }
    return switch (code) {
      case SHARING_VIOLATION ->
          new PluginException(
              Reason.KEY_BUSY,
              "Another program uses the card at the reader. Close it, or wait until it is done,"
                  + " and try again.");
      case SECURITY_VIOLATION, COMM_ERROR -> forbidden();
      case NO_SERVICE, SERVICE_STOPPED, NO_READERS -> stopped();
      default ->
          new PluginException(
              Reason.UNAVAILABLE,
              "The server could not %s: PC/SC reports 0x%08X. Take the key off the reader, hold it"
                      .formatted(tried, code)
                  + " there again and try again.",
              cause);
    };
  }

  /** The PC/SC code of a failure, 0 if it has none. */
  private static int code(Throwable failure) {
    return failure instanceof JnaPCSCException pcsc ? (int) pcsc.code : 0;
  }

  /** Whether the PC/SC service is not there, or is there without any reader. */
  static boolean isWithoutService(Throwable failure) {
    return NO_SERVICE_CODES.contains(code(failure));
  }

  /** Whether the card has another user now. */
  static boolean isBusy(CardException failure) {
    return code(failure) == SHARING_VIOLATION;
  }

  static PluginException absent() {
    return new PluginException(
        Reason.KEY_ABSENT,
        "The security key left the reader, or its connection broke. Hold it on the reader until"
            + " all is done, and try again.");
  }

  static PluginException stopped() {
    return new PluginException(
        Reason.MISCONFIGURED,
        "The PC/SC service does not answer. On Linux, install and start pcscd (systemctl enable"
            + " --now pcscd.socket); in a container, pass on /run/pcscd. On Windows, start the"
            + " service \"Smart Card\" and connect a reader.");
  }

  static PluginException forbidden() {
    return new PluginException(
        Reason.MISCONFIGURED,
        "The PC/SC service refuses the server. On Linux, allow its account"
            + " org.debian.pcsc-lite.access_pcsc and org.debian.pcsc-lite.access_card by a polkit"
            + " rule, as the PC/SC plugin's README shows.");
  }

  static PluginException noLibrary(Throwable cause) {
    return new PluginException(
        Reason.MISCONFIGURED,
        "The PC/SC library cannot be loaded. On Linux, install libpcsclite1 and pcscd, and let the"
            + " directory for temporary files allow programs (-Djava.io.tmpdir=).",
        cause);
  }
}

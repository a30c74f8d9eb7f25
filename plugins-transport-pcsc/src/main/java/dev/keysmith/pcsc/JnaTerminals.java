package dev.keysmith.pcsc;

import java.security.NoSuchAlgorithmException;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import jnasmartcardio.Smartcardio;
import jnasmartcardio.Smartcardio.EstablishContextException;
import jnasmartcardio.Smartcardio.JnaCardTerminals;

/**
 * The readers of this machine, by a context of PC/SC of their own. The JDK's provider has one
 * context for the life of the process, which dies with the service.
 */
final class JnaTerminals {

  private JnaTerminals() {}

  /**
   * Establishes a context.
   *
   * @throws CardException if the service does not answer
   * @throws LinkageError if a native library cannot be loaded
   */
  static CardTerminals establish() throws CardException {
    try {
      return TerminalFactory.getInstance("PC/SC", null, new Smartcardio()).terminals();
    } catch (EstablishContextException e) {
      throw e.getCause();
    } catch (NoSuchAlgorithmException e) {
      throw new UnsatisfiedLinkError(String.valueOf(e.getMessage()));
    }
  }

  /** Gives the context back. */
  static void release(CardTerminals terminals) {
    if (terminals instanceof JnaCardTerminals context) {
      try {
        context.close();
      } catch (CardException e) {
        // The service has gone, and the context with it.
      }
    }
  }
}

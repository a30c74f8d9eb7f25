package dev.keysmith.core.harness;

import jakarta.transaction.TransactionManager;
import org.eclipse.persistence.platform.server.ServerPlatformBase;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.ExternalTransactionController;
import org.eclipse.persistence.transaction.JTATransactionController;

/** Tells EclipseLink who manages the transactions. */
public final class NarayanaPlatform extends ServerPlatformBase {

  /** Called by EclipseLink. */
  public NarayanaPlatform(DatabaseSession session) {
    super(session);
  }

  @Override
  public Class<? extends ExternalTransactionController> getExternalTransactionControllerClass() {
    return Controller.class;
  }

  /** Joins the transactions of Narayana. */
  public static final class Controller extends JTATransactionController {
    @Override
    protected TransactionManager acquireTransactionManager() {
      return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }
  }
}

package dev.keysmith.testing.key.message;

/** Ends a command with a status other than {@code CTAP2_OK}. */
public final class CtapError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final CtapStatus status;

  CtapError(CtapStatus status) {
    super(status.name());
    this.status = status;
  }

  public CtapStatus status() {
    return status;
  }
}

package dev.keysmith.core.imports;

/** The import was cancelled while it waited. */
final class ImportStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ImportStopped(String message) {
    super(message);
  }
}

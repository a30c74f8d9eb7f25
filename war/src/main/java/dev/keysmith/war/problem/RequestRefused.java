package dev.keysmith.war.problem;

/** A request is refused for its form alone; the status says all there is to say. */
public final class RequestRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Refuses a request.
   *
   * @param status of HTTP, one of {@link KnownProblems#ofStatus}
   */
  public RequestRefused(int status) {
    super("Refused with " + status);
    this.status = status;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }
}

package dev.keysmith.core.enrolment;

/** Hears where an enrolment stands; called on the enrolling thread and the transport's. */
@FunctionalInterface
public interface EnrolmentProgress {

  /** Where an enrolment stands. */
  enum Step {
    /** The identity provider is asked for creation options. */
    ASKING_PROVIDER,
    /** The identity provider asks for patience. */
    WAITING_FOR_PROVIDER,
    /** The key is writing the passkey. */
    WRITING,
    /** The key waits for a touch. */
    TOUCH_NEEDED,
    /** The passkey is handed to the identity provider. */
    REGISTERING
  }

  /** Called at each change; returns quickly. */
  void at(Step step);
}

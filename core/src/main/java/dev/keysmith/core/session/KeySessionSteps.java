package dev.keysmith.core.session;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.enrolment.Enrolment;
import dev.keysmith.core.enrolment.EnrolmentProgress;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeyActivated;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.pin.PinAttempts;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.Result;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.core.workflow.WorkflowTriggers;
import dev.keysmith.spi.PluginException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * What happens in a key session, top to bottom: examine, PIN, activate, let workflows assign, write
 * every passkey that waits, set policies.
 */
@ApplicationScoped
class KeySessionSteps {

  private static final Logger LOG = System.getLogger(KeySessionSteps.class.getName());

  @Inject OpenKeys openKeys;
  @Inject PinAttempts attempts;
  @Inject PinRecords records;
  @Inject KeyLifecycle lifecycle;
  @Inject KeyRecognition recognition;
  @Inject OwnKeys ownKeys;
  @Inject KeyContents contents;
  @Inject OrganisationPolicy rules;
  @Inject Passkeys passkeys;
  @Inject Enrolment enrolment;
  @Inject WorkflowTriggers triggers;

  /**
   * Runs a session to its end on the calling thread. The key is free for the next session before
   * this one says that it has ended.
   *
   * @param pin taken over, zeroed at the end
   */
  void run(KeySession session, char[] pin, KeyPolicy policy) {
    try {
      write(session, pin, policy);
      end(session);
    } catch (PluginException | CtapException | ProblemException e) {
      session.end(session.isCancelled() ? State.CANCELLED : State.FAILED, Failure.message(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Key session " + session.id() + " failed", e);
      session.end(State.FAILED, Message.of(SessionMessage.FAULT));
    } finally {
      if (session.state() == State.RUNNING) {
        session.end(State.FAILED, Message.of(SessionMessage.FAULT));
      }
    }
  }

  private void write(KeySession session, char[] pin, KeyPolicy policy) {
    try (OpenKey key = open(session, pin)) {
      session.opened(key);
      KeyInitialisation initialisation = new KeyInitialisation(key, session, rules.pins(), records);
      examine(session, key);
      initialisation.pin(policy);
      Optional<Long> known = recognise(session, key);
      long keyId = activate(session, key, known);
      boolean news = known.isEmpty() && initialisation.hadPin();
      KeyPolicy due = records.policy(session, KeyExaminations.facts(key), policy, news);
      deleteLeftovers(session, key, keyId);
      settleInterrupted(session, key);
      enrolAll(session, key, keyId);
      if (session.results().stream().allMatch(Result::active)) {
        setPolicies(session, initialisation, due);
      }
    } finally {
      session.closed();
    }
  }

  private OpenKey open(KeySession session, char[] pin) {
    PinAttempts.Attempt attempt = session.attempt();
    return openKeys.open(session.plugged(), pin, (at, use) -> attempts.record(attempt, at, use));
  }

  private void examine(KeySession session, OpenKey key) {
    SecurityKey.Facts facts = KeyExaminations.facts(key);
    if (key.info().forcePinChange()) {
      records.seenDemanding(session, facts);
    }
    KeyFitness.check(key, rules.models());
    if (session.isOwners()) {
      ownKeys.requireNotAnothers(key, session.owner());
    }
    recognition.requireUsable(key, facts, session.owner());
    session.say(Step.EXAMINE, Message.of(SessionMessage.FIT));
  }

  private Optional<Long> recognise(KeySession session, OpenKey key) {
    return session
        .keyId()
        .or(() -> recognition.recognise(key, KeyExaminations.facts(key), session.owner()));
  }

  private long activate(KeySession session, OpenKey key, Optional<Long> known) {
    SecurityKeys.Activation activation =
        lifecycle.activate(session.by(), known, KeyExaminations.facts(key), session.owner());
    session.recognised(activation.keyId());
    session.say(Step.ACTIVATE, Message.of(SessionMessage.INITIALISED));
    activation.event().ifPresent(event -> letWorkflowsAssign(session, event));
    return activation.keyId();
  }

  /** At once, because the person waits; the event that was recorded makes up for a failure. */
  private void letWorkflowsAssign(KeySession session, SecurityKeyActivated event) {
    try {
      triggers.onSecurityKeyActivated(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Workflows could not decide in key session " + session.id(), e);
      session.say(Step.ACTIVATE, Message.of(SessionMessage.WORKFLOWS_LATE));
    }
  }

  /** What cannot be deleted now opens nothing, and must not keep the key from being used. */
  private void deleteLeftovers(KeySession session, OpenKey key, long keyId) {
    if (!contents.deleteLeftovers(key, keyId)) {
      session.say(Step.ACTIVATE, Message.of(SessionMessage.LEFTOVER));
    }
  }

  private void settleInterrupted(KeySession session, OpenKey key) {
    Message waiting = Message.of(SessionMessage.EARLIER_ATTEMPT);
    try {
      enrolment.settleInterrupted(
          session.by(), session.owner(), key, () -> session.say(Step.ACTIVATE, waiting));
    } catch (PluginException | ProblemException e) {
      session.say(Step.ACTIVATE, Message.of(SessionMessage.UNSETTLED, Failure.message(e)));
    }
  }

  private void enrolAll(KeySession session, OpenKey key, long keyId) {
    List<Passkey> waiting =
        passkeys.promisedTo(session.owner()).stream()
            .filter(passkey -> passkey.state() == Passkey.State.ASSIGNED)
            .toList();
    if (!waiting.isEmpty()) {
      KeyFitness.checkRoom(key.info());
    }
    int number = 0;
    for (Passkey passkey : waiting) {
      key.requireNotCancelled();
      number++;
      session.say(Step.ENROL, Message.of(SessionMessage.WRITING_ONE, number, waiting.size()));
      Enrolment.Outcome outcome =
          enrolment.enrol(session.by(), passkey.id(), keyId, key, step -> tell(session, step));
      session.result(new Result(passkey.id(), outcome.active(), outcome.message()));
      if (!outcome.keyUsable()) {
        return;
      }
      if (!outcome.active()) {
        deleteLeftovers(session, key, keyId);
      }
    }
  }

  /**
   * Last, because a forced change of the PIN would keep the session from going on. For the same
   * reason they wait while a passkey can still be written by a later session.
   */
  private void setPolicies(KeySession session, KeyInitialisation initialisation, KeyPolicy due) {
    boolean toBeWritten =
        passkeys.promisedTo(session.owner()).stream()
            .map(Passkey::state)
            .anyMatch(state -> state == Passkey.State.ASSIGNED || state == Passkey.State.ENROLLING);
    if (!toBeWritten) {
      initialisation.policies(due);
    } else if (!due.equals(KeyPolicy.NONE)) {
      session.say(Step.POLICY, Message.of(SessionMessage.POLICIES_WAIT));
    }
  }

  private static void tell(KeySession session, EnrolmentProgress.Step step) {
    if (session.isCancelled()) {
      // Perhaps cancelled while the key was idle: then it has begun to wait for a touch since.
      session.cancel();
    }
    switch (step) {
      case ASKING_PROVIDER -> session.say(Step.ENROL, Message.of(SessionMessage.ASKING));
      case WAITING_FOR_PROVIDER -> session.say(Step.ENROL, Message.of(SessionMessage.PATIENCE));
      case WRITING -> session.say(Step.ENROL, Message.of(SessionMessage.WRITING));
      case TOUCH_NEEDED -> session.askForTouch(Step.ENROL);
      case REGISTERING -> session.say(Step.ENROL, Message.of(SessionMessage.REGISTERING));
    }
  }

  private void end(KeySession session) {
    List<Result> results = session.results();
    long active = results.stream().filter(Result::active).count();
    if (session.isCancelled()) {
      session.end(State.CANCELLED, Message.of(SessionMessage.CANCELLED));
    } else if (results.isEmpty()) {
      endWithNothingWritten(session);
    } else if (active == results.size()) {
      session.end(State.DONE, Message.of(SessionMessage.DONE, active, active));
    } else {
      session.end(
          State.FAILED,
          Message.of(
              SessionMessage.SOME_FAILED,
              active,
              results.size(),
              results.get(results.size() - 1).message()));
    }
  }

  private void endWithNothingWritten(KeySession session) {
    List<Passkey> promised = passkeys.promisedTo(session.owner());
    if (promised.isEmpty()) {
      session.end(State.DONE, Message.of(SessionMessage.NONE_WAITS));
    } else {
      session.end(
          State.FAILED,
          Message.of(
              SessionMessage.NONE_WRITTEN,
              promised
                  .get(0)
                  .problem()
                  .orElseGet(() -> Message.of(SessionMessage.STILL_UNSETTLED))));
    }
  }
}

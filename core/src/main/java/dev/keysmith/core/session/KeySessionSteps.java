package dev.keysmith.core.session;

import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeyActivated;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.Enrolment;
import dev.keysmith.core.passkey.EnrolmentProgress;
import dev.keysmith.core.passkey.KeyLifecycle;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.pin.PinAttempts;
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
  @Inject HouseRules rules;
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
      session.end(session.isCancelled() ? State.CANCELLED : State.FAILED, Words.of(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Key session " + session.id() + " failed", e);
      session.end(State.FAILED, Words.FAULT);
    } finally {
      if (session.state() == State.RUNNING) {
        session.end(State.FAILED, Words.FAULT);
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
    session.say(Step.EXAMINE, Words.of("session.fit", "The security key is fit for use."));
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
    session.say(Step.ACTIVATE, Words.of("session.initialised", "The security key is initialised."));
    activation.event().ifPresent(event -> letWorkflowsAssign(session, event));
    return activation.keyId();
  }

  /** At once, because the person waits; the event that was recorded makes up for a failure. */
  private void letWorkflowsAssign(KeySession session, SecurityKeyActivated event) {
    try {
      triggers.onSecurityKeyActivated(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Workflows could not decide in key session " + session.id(), e);
      session.say(
          Step.ACTIVATE,
          Words.of(
              "session.workflows-late",
              "The workflows could not decide yet. What they assign later can be written by"
                  + " starting again."));
    }
  }

  /** What cannot be deleted now opens nothing, and must not keep the key from being used. */
  private void deleteLeftovers(KeySession session, OpenKey key, long keyId) {
    if (!contents.deleteLeftovers(key, keyId)) {
      session.say(
          Step.ACTIVATE,
          Words.of(
              "session.leftover",
              "A credential of an earlier attempt stays: the security key does not let it be"
                  + " deleted. It opens nothing. The next passkey of the same user on this key"
                  + " replaces it, and erasing the key removes it."));
    }
  }

  private void settleInterrupted(KeySession session, OpenKey key) {
    Words waiting =
        Words.of(
            "session.earlier-attempt",
            "An earlier attempt may still run on another server. Waiting until that is known.");
    try {
      enrolment.settleInterrupted(
          session.by(), session.owner(), key, () -> session.say(Step.ACTIVATE, waiting));
    } catch (PluginException | ProblemException e) {
      session.say(
          Step.ACTIVATE,
          Words.of(
              "session.unsettled",
              "An earlier attempt is still to be settled. %s",
              String.valueOf(e.getMessage())));
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
      session.say(
          Step.ENROL,
          Words.of("session.writing-one", "Writing passkey %s of %s.", number, waiting.size()));
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
      session.say(
          Step.POLICY,
          Words.of(
              "session.policies-wait",
              "A passkey is still to be written. The policies of the security key wait until that"
                  + " is done: start again later."));
    }
  }

  private static void tell(KeySession session, EnrolmentProgress.Step step) {
    if (session.isCancelled()) {
      // Perhaps cancelled while the key was idle: then it has begun to wait for a touch since.
      session.cancel();
    }
    switch (step) {
      case ASKING_PROVIDER ->
          session.say(Step.ENROL, Words.of("session.asking", "Asking the identity provider."));
      case WAITING_FOR_PROVIDER ->
          session.say(
              Step.ENROL,
              Words.of(
                  "session.patience", "The identity provider asks for patience. Keep the key in."));
      case WRITING ->
          session.say(
              Step.ENROL, Words.of("session.writing", "The security key is writing the passkey."));
      case TOUCH_NEEDED -> session.askForTouch(Step.ENROL);
      case REGISTERING ->
          session.say(Step.ENROL, Words.of("session.registering", "Registering the passkey."));
    }
  }

  private void end(KeySession session) {
    List<Result> results = session.results();
    long active = results.stream().filter(Result::active).count();
    if (session.isCancelled()) {
      session.end(
          State.CANCELLED,
          Words.of("session.cancelled", "Cancelled. Passkeys that were not written still wait."));
    } else if (results.isEmpty()) {
      endWithNothingWritten(session);
    } else if (active == results.size()) {
      session.end(
          State.DONE,
          Words.of("session.done", "Done: %s of %s passkeys are active.", active, active));
    } else {
      session.end(
          State.FAILED,
          Words.of(
              "session.some-failed",
              "%s of %s passkeys are active. %s",
              active,
              results.size(),
              results.get(results.size() - 1).message()));
    }
  }

  private void endWithNothingWritten(KeySession session) {
    List<Passkey> promised = passkeys.promisedTo(session.owner());
    if (promised.isEmpty()) {
      session.end(
          State.DONE,
          Words.of(
              "session.nobody-waits", "The key is initialised. No passkey waits for this user."));
    } else {
      String problem =
          promised
              .get(0)
              .problem()
              .orElse("an earlier attempt is still to be settled. Start again.");
      session.end(
          State.FAILED,
          Words.of(
              "session.none-written",
              "The key is initialised, and no passkey could be written: %s",
              problem));
    }
  }
}

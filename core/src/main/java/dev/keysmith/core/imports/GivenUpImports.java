package dev.keysmith.core.imports;

import dev.keysmith.core.event.EventGivenUp;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.platform.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Ends imports whose event is a dead letter: nothing would go on with them. */
@ApplicationScoped
class GivenUpImports {

  @Inject ImportSteps steps;
  @Inject Imports imports;
  @Inject LiveImports live;
  @Inject AfterCommit afterCommit;

  void end(@Observes EventGivenUp given) {
    if (given.event() instanceof ImportRequested request) {
      steps.fail(request.importId(), Message.of(ImportMessage.GIVEN_UP, given.reason()));
      imports
          .lookUp(request.importId())
          .map(ImportProgress::of)
          .ifPresent(progress -> afterCommit.run(() -> live.publish(progress)));
    }
  }
}

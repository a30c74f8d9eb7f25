package dev.keysmith.core.workflow;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a workflow concerns, saved or not.
 *
 * @param groupIds whose members; empty means everybody
 */
record Rule(long integrationId, Set<Long> groupIds) {

  static Rule of(Workflow workflow) {
    return new Rule(workflow.integrationId(), workflow.groupIds());
  }

  /**
   * Why a user would be passed over; empty if the user would get a passkey.
   *
   * @param groups of the user
   * @param present a passkey of the user there that is promised or active
   */
  Optional<Message> whyNot(User user, Collection<Long> groups, Optional<Passkey> present) {
    if (user.integrationId() != integrationId) {
      return Optional.of(Message.of(WorkflowMessage.REASON_FOREIGN));
    }
    if (user.isChangedOutside()) {
      return Optional.of(Message.of(PasskeyMessage.REASON_CHANGED));
    }
    if (Passkeys.hasLeft(user)) {
      return Optional.of(Message.of(PasskeyMessage.REASON_LEFT));
    }
    if (!groupIds.isEmpty() && Collections.disjoint(groupIds, groups)) {
      return Optional.of(Message.of(WorkflowMessage.REASON_NO_GROUP));
    }
    return present.map(Passkey::whyNoOther);
  }
}

package dev.keysmith.core.operator;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Bytes;

/**
 * A passkey as a browser has made it.
 *
 * @param ceremony the one that it was made in
 * @param userHandle the {@code user.id} that it was made for
 * @param label what its owner calls it: 1 to 64 characters
 * @param json {@code PublicKeyCredential.toJSON()}, not verified yet
 */
public record NewPasskey(Ceremony ceremony, Bytes userHandle, String label, String json) {

  private static final int LONGEST = 64;

  /** Refuses labels that cannot be told apart in a list. */
  public NewPasskey {
    label = label.strip();
    if (label.isEmpty()
        || label.length() > LONGEST
        || label.codePoints().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(OperatorMessage.PASSKEY_LABEL)
          .at("label", ProblemMessage.FIELD_LENGTH, 1, 64);
    }
  }

  @Override
  public String toString() {
    return "NewPasskey[" + label + "]";
  }
}

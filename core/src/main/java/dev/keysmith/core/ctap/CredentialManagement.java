package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The discoverable credentials on a key (CTAP 2.1, section 6.8), by the standard's command or the
 * preview of 2.1-PRE.
 */
public final class CredentialManagement {

  private static final int GET_METADATA = 0x01;
  private static final int RPS_BEGIN = 0x02;
  private static final int RPS_NEXT = 0x03;
  private static final int CREDENTIALS_BEGIN = 0x04;
  private static final int CREDENTIALS_NEXT = 0x05;
  private static final int DELETE = 0x06;
  private static final int UPDATE_USER = 0x07;

  private static final Members PARTIES = new Members(0x03, 0x05);
  private static final Members LOGINS = new Members(0x07, 0x09);

  private final CommandChannel channel;
  private final PinUvAuthToken token;
  private final CtapCommand command;
  private final FetchBudget budget;

  CredentialManagement(CommandChannel channel, PinUvAuthToken token) {
    this.channel = channel;
    this.token = token;
    this.command =
        channel.info().has("credMgmt")
            ? CtapCommand.CREDENTIAL_MANAGEMENT
            : CtapCommand.CREDENTIAL_MANAGEMENT_PREVIEW;
    this.budget = new FetchBudget(command);
    if (!channel.info().supportsCredentialManagement()) {
      throw refused("the key has no credential management");
    }
  }

  /** Where an answer has its entry, and the first one the number of all. */
  private record Members(int entry, int total) {}

  /**
   * How full a key is.
   *
   * @param existing discoverable credentials on it
   * @param remaining at least so many fit still
   */
  public record Metadata(int existing, int remaining) {}

  /**
   * A relying party with credentials on the key.
   *
   * @param id RP ID; keys may cut long ones
   * @param idHash SHA-256 of the whole RP ID
   */
  public record StoredRelyingParty(String id, Bytes idHash) {}

  /**
   * A discoverable credential.
   *
   * @param id credential ID
   * @param userHandle of the account
   * @param userName the login; keys may cut long ones
   * @param userDisplayName for people; keys may cut long ones
   * @param publicKey in COSE form
   * @param protection level of {@code credProtect}, if the key says
   */
  public record StoredCredential(
      Bytes id,
      Bytes userHandle,
      Optional<String> userName,
      Optional<String> userDisplayName,
      Bytes publicKey,
      Optional<Integer> protection) {

    /** Without personal data, so that it may appear in logs. */
    @Override
    public String toString() {
      return "StoredCredential[" + id + "]";
    }
  }

  /** How full the key is; empty if it answers without a word. */
  public Optional<Metadata> metadata() {
    CborMap answer = signed(GET_METADATA, null);
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Metadata(
                (int) Math.min(answer.requiredNumber(0x01), Integer.MAX_VALUE),
                (int) Math.min(answer.requiredNumber(0x02), Integer.MAX_VALUE)));
  }

  /**
   * The relying parties with credentials on the key; empty if there are none.
   *
   * @throws CtapException with any status if the key cannot list them
   */
  public List<StoredRelyingParty> relyingParties() {
    List<StoredRelyingParty> found = new ArrayList<>();
    for (CborMap answer : enumerate(RPS_BEGIN, null, RPS_NEXT, PARTIES)) {
      found.add(
          new StoredRelyingParty(
              answer.requiredMap(0x03).requiredText("id"), answer.requiredBytes(0x04)));
    }
    return found;
  }

  /**
   * The credentials of a relying party; empty if there are none.
   *
   * @param rpIdHash SHA-256 of the RP ID
   * @throws CtapException with any status if the key cannot list them
   */
  public List<StoredCredential> credentials(Bytes rpIdHash) {
    CBORObject parameters = CBORObject.NewMap().Add(0x01, rpIdHash.toArray());
    List<StoredCredential> found = new ArrayList<>();
    for (CborMap answer : enumerate(CREDENTIALS_BEGIN, parameters, CREDENTIALS_NEXT, LOGINS)) {
      found.add(credential(answer));
    }
    return found;
  }

  /**
   * Deletes a credential.
   *
   * @throws CtapException {@link CtapStatus#NO_CREDENTIALS} if it is not on the key
   */
  public void delete(Bytes credentialId) {
    try {
      signed(DELETE, CBORObject.NewMap().Add(0x02, descriptor(credentialId)));
    } finally {
      channel.forgetInfo();
    }
  }

  /**
   * Changes the names of the account of a credential.
   *
   * @param user with the user handle that the credential has
   * @throws CtapException {@link CtapStatus#NO_CREDENTIALS} if it is not on the key, {@link
   *     CtapStatus#UNSUPPORTED_OPTION} if the key has only the preview, which cannot do this
   */
  public void updateUser(Bytes credentialId, UserEntity user) {
    if (command == CtapCommand.CREDENTIAL_MANAGEMENT_PREVIEW) {
      throw refused("the key cannot change a credential");
    }
    signed(
        UPDATE_USER,
        CBORObject.NewMap().Add(0x02, descriptor(credentialId)).Add(0x03, CborMap.user(user)));
  }

  /**
   * Fetches a list. Keys say in many ways that there is nothing to list: by the status of the
   * standard, by an answer without a body or an entry, or by a refusal, while they count none.
   */
  private List<CborMap> enumerate(
      int begin, @Nullable CBORObject parameters, int next, Members members) {
    CborMap first;
    try {
      first = budget.next(() -> signed(begin, parameters));
    } catch (CtapException e) {
      if (e.status() == CtapStatus.NO_CREDENTIALS || isEmptyInSpiteOf(e)) {
        return List.of();
      }
      throw e;
    }
    Optional<Long> total = first.number(members.total());
    if (total.isEmpty()) {
      return first.has(members.entry()) ? uncounted(first, next, members) : List.of();
    }
    budget.announce(total.get());
    List<CborMap> answers = new ArrayList<>();
    if (total.get() > 0) {
      answers.add(first);
    }
    while (answers.size() < total.get()) {
      answers.add(fetch(next));
    }
    return answers;
  }

  /** A list that has no length goes on until the key refuses to. */
  private List<CborMap> uncounted(CborMap first, int next, Members members) {
    List<CborMap> answers = new ArrayList<>();
    CborMap answer = first;
    try {
      while (answer.has(members.entry())) {
        budget.announce(1);
        answers.add(answer);
        answer = fetch(next);
      }
    } catch (CtapException e) {
      if (e.status() == CtapStatus.UNREADABLE_RESPONSE) {
        throw e;
      }
    }
    return answers;
  }

  private CborMap fetch(int next) {
    CBORObject subCommand = CBORObject.NewMap().Add(0x01, next);
    return budget.next(() -> channel.call(command, subCommand, Interaction.NONE));
  }

  private boolean isEmptyInSpiteOf(CtapException refusal) {
    if (refusal.status() == CtapStatus.UNREADABLE_RESPONSE) {
      return false;
    }
    try {
      return metadata().filter(told -> told.existing() == 0).isPresent();
    } catch (CtapException e) {
      return false;
    }
  }

  private static StoredCredential credential(CborMap answer) {
    CborMap user = answer.requiredMap(0x06);
    return new StoredCredential(
        answer.requiredMap(0x07).requiredBytes("id"),
        user.requiredBytes("id"),
        user.text("name"),
        user.text("displayName"),
        answer.requiredMap(0x08).encoded(),
        answer.integer(0x0A));
  }

  private static CBORObject descriptor(Bytes credentialId) {
    return CredentialLists.descriptors(List.of(credentialId)).get(0);
  }

  /** The signature covers the sub-command and its parameters (CTAP 2.1, section 6.8). */
  private CborMap signed(int subCommand, @Nullable CBORObject parameters) {
    CBORObject request = CBORObject.NewMap().Add(0x01, subCommand);
    byte[] encoded = new byte[0];
    if (parameters != null) {
      request.Add(0x02, parameters);
      encoded = CborMap.encode(parameters);
    }
    request.Add(0x03, token.protocolNumber())
        .Add(0x04, token.authenticate(new byte[] {(byte) subCommand}, encoded));
    return channel.call(command, request, Interaction.NONE);
  }

  private CtapException refused(String why) {
    return CtapException.refused(command, CtapStatus.UNSUPPORTED_OPTION, why);
  }
}

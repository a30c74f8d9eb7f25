package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.model.Quirks.Occasion;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import dev.keysmith.testing.key.store.StoredCredential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code authenticatorCredentialManagement} (CTAP 2.1, section 6.8) and its preview (0x41). */
final class CredentialManagement implements Command {

  private final Authenticator key;

  CredentialManagement(Authenticator key) {
    this.key = key;
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    int subCommand = required(parameters.integer(0x01));
    CborMap subParameters = parameters.map(0x02).orElse(CborMap.EMPTY);
    if (subCommand != 0x03 && subCommand != 0x05) {
      key.power().enumeration().forget();
    }
    return switch (subCommand) {
      case 0x01 -> metadata(parameters);
      case 0x02 -> enumerateRelyingParties(parameters);
      case 0x03 -> next(Enumeration.Kind.RELYING_PARTIES);
      case 0x04 -> enumerateCredentials(parameters, subParameters);
      case 0x05 -> next(Enumeration.Kind.CREDENTIALS);
      case 0x06 -> delete(parameters, subParameters);
      case 0x07 -> updateUser(parameters, subParameters);
      default -> throw CtapStatus.INVALID_SUBCOMMAND.error();
    };
  }

  private Map<Object, Object> metadata(CborMap parameters) {
    authorize(parameters, 0x01).requireNoRpId();
    key.quirks().interrupt(Occasion.METADATA);
    int existing = key.state().credentials().size();
    return Map.of(0x01, existing, 0x02, key.traits().maxDiscoverable() - existing);
  }

  private Map<Object, Object> enumerateRelyingParties(CborMap parameters) {
    authorize(parameters, 0x02).requireNoRpId();
    Set<String> rpIds = new LinkedHashSet<>();
    key.state().credentials().forEach(credential -> rpIds.add(credential.rpId()));
    List<Supplier<Map<Object, Object>>> answers = new ArrayList<>();
    rpIds.forEach(rpId -> answers.add(() -> relyingParty(rpId)));
    return begin(Enumeration.Kind.RELYING_PARTIES, answers, 0x05);
  }

  private static Map<Object, Object> relyingParty(String rpId) {
    Map<Object, Object> answer = new LinkedHashMap<>();
    answer.put(0x03, Map.of("id", rpId));
    answer.put(0x04, Crypto.sha256(Cbor.utf8(rpId)));
    return answer;
  }

  private Map<Object, Object> enumerateCredentials(CborMap parameters, CborMap subParameters) {
    byte[] rpIdHash = required(subParameters.bytes(0x01));
    PinUvAuthToken token = authorize(parameters, 0x04);
    List<Supplier<Map<Object, Object>>> answers = new ArrayList<>();
    for (StoredCredential credential : key.state().credentials()) {
      if (Arrays.equals(Crypto.sha256(Cbor.utf8(credential.rpId())), rpIdHash)) {
        token.requireRpId(credential.rpId());
        answers.add(() -> credential(credential));
      }
    }
    return begin(Enumeration.Kind.CREDENTIALS, answers, 0x09);
  }

  private Map<Object, Object> credential(StoredCredential credential) {
    Map<Object, Object> answer = new LinkedHashMap<>();
    answer.put(0x06, credential.user(true));
    answer.put(0x07, credential.descriptor());
    answer.put(0x08, Cbor.decode(credential.publicKey()));
    answer.put(0x0A, credential.credProtect());
    return answer;
  }

  private Map<Object, Object> delete(CborMap parameters, CborMap subParameters) {
    StoredCredential old = authorizedCredential(parameters, subParameters, 0x06);
    key.quirks().interrupt(Occasion.DELETE);
    List<StoredCredential> rest = new ArrayList<>(key.state().credentials());
    rest.remove(old);
    key.memory().update(state -> state.withCredentials(rest));
    return NOTHING;
  }

  private Map<Object, Object> updateUser(CborMap parameters, CborMap subParameters) {
    if (!key.model().modern()) {
      throw CtapStatus.INVALID_SUBCOMMAND.error();
    }
    CborMap user = required(subParameters.map(0x03));
    byte[] userHandle = required(user.bytes("id"));
    StoredCredential old = authorizedCredential(parameters, subParameters, 0x07);
    if (!Arrays.equals(old.userHandle(), userHandle)) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    StoredCredential changed =
        old.withUser(user.text("name").orElse(null), user.text("displayName").orElse(null));
    UnaryOperator<StoredCredential> swap = other -> other == old ? changed : other;
    key.memory()
        .update(state -> state.withCredentials(state.credentials().stream().map(swap).toList()));
    return NOTHING;
  }

  private StoredCredential authorizedCredential(
      CborMap parameters, CborMap subParameters, int subCommand) {
    byte[] id = required(required(subParameters.map(0x02)).bytes("id"));
    PinUvAuthToken token = authorize(parameters, subCommand);
    StoredCredential found =
        key.state().credentials().stream()
            .filter(credential -> Arrays.equals(credential.id(), id))
            .findFirst()
            .orElseThrow(CtapStatus.NO_CREDENTIALS::error);
    token.requireRpId(found.rpId());
    return found;
  }

  /** The token, if it authenticates the subcommand and may manage credentials. */
  private PinUvAuthToken authorize(CborMap parameters, int subCommand) {
    byte[] param = parameters.bytes(0x04).orElseThrow(CtapStatus.PUAT_REQUIRED::error);
    PinUvAuthProtocol protocol = key.protocol(required(parameters.integer(0x03)));
    byte[] subCommandParams =
        parameters.map(0x02).map(map -> Cbor.encode(map.values())).orElse(new byte[0]);
    PinUvAuthToken token = key.power().token();
    token.verify(
        protocol,
        Crypto.concat(new byte[] {(byte) subCommand}, subCommandParams),
        param,
        key.now());
    token.requirePermission(PinUvAuthToken.CREDENTIAL_MANAGEMENT);
    return token;
  }

  private Map<Object, Object> begin(
      Enumeration.Kind kind, List<Supplier<Map<Object, Object>>> answers, int totalKey) {
    key.quirks().interrupt(Occasion.LIST);
    if (answers.isEmpty()) {
      key.quirks().interrupt(Occasion.EMPTY_LIST);
      throw CtapStatus.NO_CREDENTIALS.error();
    }
    Map<Object, Object> first = key.power().enumeration().begin(kind, answers, key.now());
    if (key.quirks().counts()) {
      first.put(totalKey, answers.size());
    }
    return first;
  }

  private Map<Object, Object> next(Enumeration.Kind kind) {
    key.quirks().interrupt(Occasion.NEXT);
    return key.power().enumeration().next(kind, key.now());
  }
}

package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapError;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.model.Traits;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.Memory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The authenticator API (CTAP 2.1, section 6): request bytes in, response bytes out. */
public final class Authenticator {

  private static final int GET_NEXT_ASSERTION = 0x08;
  private static final int CREDENTIAL_MANAGEMENT = 0x0A;
  private static final int CREDENTIAL_MANAGEMENT_PREVIEW = 0x41;

  private final Memory memory;
  private final UserPresence presence;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<Integer, Command> commands = new HashMap<>();
  private PowerCycle power;
  private volatile Quirks quirks = Quirks.NONE;

  public Authenticator(Memory memory, UserPresence presence, Clock clock, SecureRandom random) {
    this.memory = memory;
    this.presence = presence;
    this.clock = clock;
    this.random = random;
    this.power = newPowerCycle(clock.instant());
    addCommands();
  }

  private void addCommands() {
    GetAssertion getAssertion = new GetAssertion(this);
    commands.put(0x01, new MakeCredential(this));
    commands.put(0x02, getAssertion);
    commands.put(0x04, new GetInfo(this));
    commands.put(0x06, new ClientPin(this));
    commands.put(0x07, new Reset(this));
    commands.put(GET_NEXT_ASSERTION, getAssertion::next);
    if (model().previews()) {
      commands.put(CREDENTIAL_MANAGEMENT_PREVIEW, new CredentialManagement(this));
    }
    if (model().modern()) {
      commands.put(CREDENTIAL_MANAGEMENT, new CredentialManagement(this));
      commands.put(0x0B, new Selection(this));
      commands.put(0x0D, new AuthenticatorConfig(this));
    }
  }

  public byte[] process(byte[] request) {
    try {
      if (request.length == 0) {
        throw CtapStatus.INVALID_LENGTH.error();
      }
      int code = request[0] & 0xFF;
      Command command = commands.get(code);
      if (command == null) {
        throw CtapStatus.INVALID_COMMAND.error();
      }
      if (!fetchesMore(code)) {
        power.enumeration().forget();
      }
      Map<Object, Object> response =
          command.run(CborMap.parse(Arrays.copyOfRange(request, 1, request.length)));
      byte[] ok = new byte[1];
      return response.isEmpty() ? ok : Crypto.concat(ok, Cbor.encode(response));
    } catch (CtapError e) {
      return new byte[] {e.status().code()};
    } catch (Quirks.OddAnswer e) {
      return e.response();
    }
  }

  private static boolean fetchesMore(int code) {
    return code == GET_NEXT_ASSERTION
        || code == CREDENTIAL_MANAGEMENT
        || code == CREDENTIAL_MANAGEMENT_PREVIEW;
  }

  /** The power comes back: forgets what is not stored. */
  public void powerUp() {
    power = newPowerCycle(clock.instant());
  }

  /** As {@link #powerUp}, but the time since the key was plugged in goes on. */
  void forget() {
    power = newPowerCycle(power.since());
  }

  private PowerCycle newPowerCycle(Instant since) {
    return new PowerCycle(since, !model().modern(), random);
  }

  public void quirks(Quirks value) {
    quirks = value;
  }

  Quirks quirks() {
    return quirks;
  }

  Memory memory() {
    return memory;
  }

  KeyState state() {
    return memory.state();
  }

  Traits traits() {
    return state().traits();
  }

  Model model() {
    return traits().model();
  }

  PowerCycle power() {
    return power;
  }

  UserPresence presence() {
    return presence;
  }

  Instant now() {
    return clock.instant();
  }

  SecureRandom random() {
    return random;
  }

  byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * The protocol with that number.
   *
   * @throws CtapError {@code INVALID_PARAMETER} if the key does not support it
   */
  PinUvAuthProtocol protocol(int number) {
    return PinUvAuthProtocol.of(number)
        .filter(model()::supports)
        .orElseThrow(CtapStatus.INVALID_PARAMETER::error);
  }

  /** Fails if the list has more credential descriptors than {@code getInfo} allows. */
  void checkListLength(int length) {
    if (model() != Model.CTAP_2_0 && length > GetInfo.MAX_LIST_LENGTH) {
      throw CtapStatus.LIMIT_EXCEEDED.error();
    }
  }
}

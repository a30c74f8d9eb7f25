package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.Algorithm;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.store.KeyState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code authenticatorGetInfo} (CTAP 2.1, section 6.4). */
final class GetInfo implements Command {

  static final int MAX_MESSAGE_SIZE = 7609;
  static final int MAX_LIST_LENGTH = 8;
  static final int MAX_CREDENTIAL_ID_LENGTH = 256;
  private static final int FIRMWARE = 0x00010000;

  private final Authenticator key;

  GetInfo(Authenticator key) {
    this.key = key;
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    Model model = key.model();
    Map<Object, Object> info = new LinkedHashMap<>();
    info.put(0x01, model.versions());
    info.put(0x02, model.extensions());
    info.put(0x03, AttestationMaker.bytes(key.traits().aaguid()));
    info.put(0x04, options());
    info.put(0x05, MAX_MESSAGE_SIZE);
    info.put(0x06, model.protocols().stream().map(PinUvAuthProtocol::number).toList());
    if (model != Model.CTAP_2_0) {
      info.put(0x07, MAX_LIST_LENGTH);
      info.put(0x08, MAX_CREDENTIAL_ID_LENGTH);
    }
    if (model.modern()) {
      addModern(info);
    }
    info.putAll(key.quirks().info());
    return info;
  }

  private void addModern(Map<Object, Object> info) {
    KeyState state = key.state();
    info.put(0x09, List.of("usb"));
    info.put(0x0A, List.of(Algorithm.ES256.parameters(), Algorithm.EDDSA.parameters()));
    info.put(0x0C, state.policy().forceChangePin());
    info.put(0x0D, state.policy().minPinLength());
    info.put(0x0E, FIRMWARE);
    info.put(0x10, AuthenticatorConfig.MAX_RP_IDS);
    info.put(0x14, state.traits().maxDiscoverable() - state.credentials().size());
  }

  private Map<Object, Object> options() {
    KeyState state = key.state();
    Map<Object, Object> options = new LinkedHashMap<>();
    options.put("rk", true);
    options.put("up", true);
    options.put("plat", false);
    options.put("clientPin", state.hasPin());
    if (key.model().previews()) {
      options.put("credentialMgmtPreview", true);
    }
    if (key.model().modern()) {
      options.put("credMgmt", true);
      options.put("authnrCfg", true);
      options.put("pinUvAuthToken", true);
      options.put("setMinPINLength", true);
      options.put("alwaysUv", state.policy().alwaysUv());
      options.put("makeCredUvNotRqd", uvNotRequired(state));
      if (state.traits().enterpriseAttestation()) {
        options.put("ep", state.policy().enterpriseAttestation());
      }
    }
    return options;
  }

  /** Whether it makes non-discoverable credentials without a PIN, though it has one. */
  static boolean uvNotRequired(KeyState state) {
    return state.traits().makeCredUvNotRqd() && !state.policy().alwaysUv();
  }
}

package dev.keysmith.war.login.passkey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of WebAuthn ceremonies as JSON (WebAuthn Level 3, sections 5.1.8 and 5.1.9). */
final class CeremonyOptions {

  private static final long TIMEOUT_MILLIS = 300_000;

  private CeremonyOptions() {}

  /** {@code PublicKeyCredentialRequestOptionsJSON}: any passkey for this RP ID. */
  record Request(
      String challenge,
      String rpId,
      long timeout,
      String userVerification,
      List<Descriptor> allowCredentials) {

    static Request of(Ceremonies.Begun begun) {
      return new Request(
          begun.ceremony().challenge().toBase64Url(),
          begun.ceremony().rpId(),
          TIMEOUT_MILLIS,
          "required",
          List.of());
    }
  }

  /** {@code PublicKeyCredentialCreationOptionsJSON}. */
  record Creation(
      RelyingParty rp,
      User user,
      String challenge,
      List<Parameter> pubKeyCredParams,
      long timeout,
      List<Descriptor> excludeCredentials,
      Selection authenticatorSelection,
      String attestation) {

    static Creation of(
        Ceremonies.Begun begun, Names names, List<Long> algorithms, List<Descriptor> exclude) {
      return new Creation(
          new RelyingParty(begun.ceremony().rpId(), "Keysmith"),
          new User(begun.userHandle().toBase64Url(), names.login(), names.name()),
          begun.ceremony().challenge().toBase64Url(),
          algorithms.stream().map(alg -> new Parameter("public-key", alg)).toList(),
          TIMEOUT_MILLIS,
          exclude,
          new Selection("required", true, "required"),
          "none");
    }
  }

  record Names(String login, String name) {}

  record RelyingParty(String id, String name) {}

  record User(String id, String name, String displayName) {}

  record Parameter(String type, long alg) {}

  record Descriptor(String type, String id, @Nullable List<String> transports) {}

  record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}
}

package dev.keysmith.core.enrolment;

import dev.keysmith.core.secret.Secrets;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;

/** What keys have answered, sealed until it was handed in. */
@ApplicationScoped
class SealedResponses {

  @Inject Secrets secrets;

  String seal(long passkeyId, AuthenticatorAttestationResponse response) {
    char[] text =
        String.join(
                " ",
                response.clientDataJson().toBase64Url(),
                response.attestationObject().toBase64Url(),
                String.join(",", response.transports()))
            .toCharArray();
    try {
      return secrets.seal(purpose(passkeyId), text);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  AuthenticatorAttestationResponse open(long passkeyId, String responseSealed) {
    char[] text = secrets.open(purpose(passkeyId), responseSealed);
    try {
      String[] parts = new String(text).split(" ", -1);
      List<String> transports = parts[2].isEmpty() ? List.of() : List.of(parts[2].split(","));
      return new AuthenticatorAttestationResponse(
          Bytes.fromBase64Url(parts[0]), Bytes.fromBase64Url(parts[1]), transports);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private static String purpose(long passkeyId) {
    return "enrolment:" + passkeyId;
  }
}

package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the creation options in the answer to an enrolment. */
final class CreationOptions {

  /** ES256 and RS256, WebAuthn's own default (WebAuthn Level 3, section 5.4). */
  private static final List<Integer> DEFAULT_ALGORITHMS = List.of(-7, -257);

  private CreationOptions() {}

  /**
   * Reads {@code _embedded.activation} of a factor.
   *
   * @throws IllegalArgumentException with what is missing or malformed
   */
  static CredentialCreationOptions read(JsonNode activation, Org org) {
    JsonNode selection = activation.path("authenticatorSelection");
    return new CredentialCreationOptions(
        new RelyingParty(rpId(activation, org), activation.path("rp").path("name").asText()),
        user(activation.path("user")),
        challenge(activation.path("challenge").asText()),
        algorithms(activation.path("pubKeyCredParams")),
        excluded(activation.path("excludeCredentials")),
        residentKey(selection),
        requirement(selection.path("userVerification").asText()),
        attestation(activation.path("attestation").asText()));
  }

  /** The org's choice; else the host on which its users sign in. */
  private static String rpId(JsonNode activation, Org org) {
    String id = activation.path("rp").path("id").asText();
    return id.isBlank() ? org.host() : id.strip().toLowerCase(Locale.ROOT);
  }

  /** The org's own where its host is within the RP ID; else the RP ID's (a custom domain). */
  static String origin(String rpId, Org org) {
    boolean within = org.host().equals(rpId) || org.host().endsWith("." + rpId);
    return within ? org.origin() : "https://" + rpId;
  }

  /** Okta's own pages decode the user id as base64url, so that is the user handle. */
  private static UserEntity user(JsonNode user) {
    Bytes handle =
        Base64Text.decode(user.path("id").asText())
            .orElseThrow(() -> new IllegalArgumentException("user.id is not base64url"));
    return new UserEntity(handle, user.path("name").asText(), user.path("displayName").asText());
  }

  private static String challenge(String challenge) {
    if (challenge.isEmpty() || Base64Text.decode(challenge).isEmpty()) {
      throw new IllegalArgumentException("the challenge is missing or not base64url");
    }
    return challenge;
  }

  private static List<Integer> algorithms(JsonNode parameters) {
    List<Integer> algorithms = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      if (parameter.path("alg").isInt()
          && parameter.path("type").asText("public-key").equals("public-key")) {
        algorithms.add(parameter.path("alg").intValue());
      }
    }
    return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
  }

  private static List<CredentialDescriptor> excluded(JsonNode credentials) {
    List<CredentialDescriptor> excluded = new ArrayList<>();
    for (JsonNode credential : credentials) {
      Bytes id =
          Base64Text.decode(credential.path("id").asText())
              .filter(bytes -> !bytes.isEmpty())
              .orElseThrow(() -> new IllegalArgumentException("an excluded id is not base64url"));
      List<String> transports = new ArrayList<>();
      credential.path("transports").forEach(transport -> transports.add(transport.asText()));
      excluded.add(new CredentialDescriptor(id, transports));
    }
    return excluded;
  }

  /** At least preferred: only a discoverable credential serves to sign in without a login. */
  private static Requirement residentKey(JsonNode selection) {
    boolean required =
        selection.path("residentKey").asText().equalsIgnoreCase("required")
            || selection.path("requireResidentKey").asBoolean();
    return required ? Requirement.REQUIRED : Requirement.PREFERRED;
  }

  private static Requirement requirement(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "required" -> Requirement.REQUIRED;
      case "discouraged" -> Requirement.DISCOURAGED;
      default -> Requirement.PREFERRED;
    };
  }

  private static Attestation attestation(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "direct" -> Attestation.DIRECT;
      case "indirect" -> Attestation.INDIRECT;
      case "enterprise" -> Attestation.ENTERPRISE;
      default -> Attestation.NONE;
    };
  }
}

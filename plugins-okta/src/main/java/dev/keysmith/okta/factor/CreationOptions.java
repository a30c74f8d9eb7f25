package dev.keysmith.okta.factor;

import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Org;
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
public final class CreationOptions {

  /** ES256 and RS256, WebAuthn's own default (WebAuthn Level 3, section 5.4). */
  private static final List<Integer> DEFAULT_ALGORITHMS = List.of(-7, -257);

  private static final String PUBLIC_KEY = "public-key";

  private CreationOptions() {}

  /**
   * Reads {@code _embedded.activation} of a factor.
   *
   * @throws IllegalArgumentException with what is missing or malformed
   */
  static CredentialCreationOptions read(Json activation, Org org) {
    Json selection = activation.at("authenticatorSelection");
    return new CredentialCreationOptions(
        new RelyingParty(rpId(activation, org), activation.text("rp", "name").orElse("")),
        user(activation.at("user")),
        challenge(activation.decisiveText("challenge").orElse("")),
        algorithms(activation.list("pubKeyCredParams")),
        excluded(activation.list("excludeCredentials")),
        residentKey(selection),
        requirement(selection.decisiveText("userVerification").orElse("")),
        attestation(activation.decisiveText("attestation").orElse("")));
  }

  /** The org's choice; else the host on which its users sign in. */
  private static String rpId(Json activation, Org org) {
    return activation
        .decisiveText("rp", "id")
        .map(id -> id.strip().toLowerCase(Locale.ROOT))
        .orElse(org.host());
  }

  /** The org's own where its host is within the RP ID; else the RP ID's (a custom domain). */
  public static String origin(String rpId, Org org) {
    boolean within = org.host().equals(rpId) || org.host().endsWith("." + rpId);
    return within ? org.origin() : "https://" + rpId;
  }

  /** Okta's own pages decode the user id as base64url, so that is the user handle. */
  private static UserEntity user(Json user) {
    Bytes handle =
        user.decisiveText("id")
            .flatMap(Base64Text::decode)
            .orElseThrow(() -> new IllegalArgumentException("user.id is not base64url"));
    return new UserEntity(
        handle, user.text("name").orElse(""), user.text("displayName").orElse(""));
  }

  private static String challenge(String challenge) {
    if (challenge.isEmpty() || Base64Text.decode(challenge).isEmpty()) {
      throw new IllegalArgumentException("the challenge is missing or not base64url");
    }
    return challenge;
  }

  private static List<Integer> algorithms(List<Json> parameters) {
    List<Integer> algorithms =
        parameters.stream()
            .filter(each -> each.text("type").orElse(PUBLIC_KEY).equals(PUBLIC_KEY))
            .flatMap(each -> each.number("alg").stream())
            .filter(number -> number == number.intValue())
            .map(Long::intValue)
            .toList();
    return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
  }

  private static List<CredentialDescriptor> excluded(List<Json> credentials) {
    List<CredentialDescriptor> excluded = new ArrayList<>();
    for (Json credential : credentials) {
      Bytes id =
          credential
              .text("id")
              .flatMap(Base64Text::decode)
              .filter(bytes -> !bytes.isEmpty())
              .orElseThrow(() -> new IllegalArgumentException("an excluded id is not base64url"));
      List<String> transports =
          credential.list("transports").stream().flatMap(each -> each.text().stream()).toList();
      excluded.add(new CredentialDescriptor(id, transports));
    }
    return excluded;
  }

  /** At least preferred: only a discoverable credential serves to sign in without a login. */
  private static Requirement residentKey(Json selection) {
    boolean required =
        selection.decisiveText("residentKey").filter("required"::equalsIgnoreCase).isPresent()
            || selection.isTrue("requireResidentKey");
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

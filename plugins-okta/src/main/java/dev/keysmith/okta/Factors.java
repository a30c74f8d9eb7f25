package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.Factor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and removes the WebAuthn factors of users. */
final class Factors {

  private final Line line;

  Factors(Line line) {
    this.line = line;
  }

  static String pathOf(String userId) {
    return "/api/v1/users/" + Ids.checked("user", userId) + "/factors";
  }

  static String pathOf(String userId, String factorId) {
    return pathOf(userId) + "/" + Ids.checked("factor", factorId);
  }

  List<Factor> list(String userId) {
    Request request = Request.get("list the factors of a user", pathOf(userId));
    List<Factor> factors = new ArrayList<>();
    line.open()
        .ask(request)
        .body()
        .forEach(
            factor -> {
              if (factor.path("factorType").asText().equals("webauthn")) {
                read(factor).ifPresent(factors::add);
              }
            });
    return factors;
  }

  /**
   * A factor as it is now.
   *
   * @param now by the org's clock, so that a difference to this server's is harmless
   */
  record Seen(Factor factor, Instant now) {}

  /** The factor as it is now; empty if it is gone. */
  Optional<Seen> find(Conversation conversation, String userId, String factorId) {
    Request request = Request.get("read a factor", pathOf(userId, factorId));
    return conversation
        .findAnswer(request)
        .flatMap(
            answer -> {
              Instant now = answer.date().orElseGet(line.clock()::instant);
              return read(answer.body()).map(factor -> new Seen(factor, now));
            });
  }

  void remove(Conversation conversation, String userId, String factorId) {
    try {
      conversation.send(Request.delete("remove a factor", pathOf(userId, factorId)));
    } catch (PluginException e) {
      if (e.reason() != Reason.NOT_FOUND && !isOfDeactivatedUser(conversation, userId, e)) {
        throw e;
      }
    }
  }

  /**
   * Okta removes no factor of a deactivated user. Nobody signs in as them, so for the server their
   * factors are gone.
   */
  private static boolean isOfDeactivatedUser(
      Conversation conversation, String userId, PluginException refusal) {
    if (refusal.reason() != Reason.REJECTED) {
      return false;
    }
    String path = "/api/v1/users/" + Ids.checked("user", userId);
    try {
      return conversation
          .find(Request.get("find a user", path))
          .map(user -> user.path("status").asText().equals("DEPROVISIONED"))
          .orElse(true);
    } catch (PluginException e) {
      refusal.addSuppressed(e);
      return false;
    }
  }

  /** Reads raw JSON: the SDK's model fails on states of factors that it does not know. */
  static Optional<Factor> read(JsonNode factor) {
    String id = factor.path("id").asText();
    if (!Ids.isPlausible(id)) {
      return Optional.empty();
    }
    JsonNode profile = factor.path("profile");
    return Optional.of(
        new Factor(
            id,
            status(factor.path("status").asText()),
            Base64Text.decode(profile.path("credentialId").asText()).filter(b -> !b.isEmpty()),
            Optional.of(profile.path("authenticatorName").asText()).filter(s -> !s.isBlank()),
            created(factor.path("created").asText())));
  }

  private static Factor.Status status(String status) {
    return switch (status) {
      case "PENDING_ACTIVATION" -> Factor.Status.PENDING;
      case "ACTIVE", "ENROLLED" -> Factor.Status.ACTIVE;
      // Also the states of keys that a vendor registers and ships: they are not pending here.
      default -> Factor.Status.INACTIVE;
    };
  }

  private static Optional<Instant> created(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static boolean has(Factor factor, Bytes credentialId) {
    return factor.credentialId().map(credentialId::equals).orElse(true);
  }
}

package dev.keysmith.okta.factor;

import dev.keysmith.okta.http.Conversation;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Ids;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.Factor;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and removes the WebAuthn factors of users. */
public final class Factors {

  private final Clock clock;

  public Factors(Clock clock) {
    this.clock = clock;
  }

  public static String pathOf(String userId) {
    return "/api/v1/users/" + Ids.checked("user", userId) + "/factors";
  }

  static String pathOf(String userId, String factorId) {
    return pathOf(userId) + "/" + Ids.checked("factor", factorId);
  }

  public List<Factor> list(Conversation conversation, String userId) {
    Request request = Request.get("list the factors of a user", pathOf(userId));
    List<Factor> factors = new ArrayList<>();
    for (Json factor : conversation.askForList(request).body().list()) {
      // "None" is decided by this list, so no entry is passed over because it is odd.
      String type = factor.text("factorType").orElseThrow(() -> odd(request));
      if (type.equals("webauthn")) {
        factors.add(read(factor).orElseThrow(() -> odd(request)));
      }
    }
    return factors;
  }

  private static PluginException odd(Request request) {
    return Failure.notUnderstood(request, "an entry of the list is no factor");
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
              Instant now = answer.date().orElseGet(clock::instant);
              Factor factor =
                  read(answer.body())
                      .orElseThrow(() -> Failure.notUnderstood(request, "it is no factor"));
              return Optional.of(new Seen(factor, now));
            });
  }

  public void remove(Conversation conversation, String userId, String factorId) {
    try {
      conversation.send(Request.delete("remove a factor", pathOf(userId, factorId)));
    } catch (PluginException e) {
      if (e.reason() != Reason.NOT_FOUND && !isOfDeactivatedUser(conversation, userId, e)) {
        throw e;
      }
    }
  }

  /**
   * Okta removes no factor of a deactivated user. They cannot sign in, so for the server their
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
          .map(user -> user.text("status").equals(Optional.of("DEPROVISIONED")))
          .orElse(true);
    } catch (PluginException e) {
      refusal.addSuppressed(e);
      return false;
    }
  }

  /** Reads raw JSON: the SDK's model fails on states of factors that it does not know. */
  static Optional<Factor> read(Json factor) {
    return factor
        .text("id")
        .filter(Ids::isPlausible)
        .map(
            id ->
                new Factor(
                    id,
                    status(factor.text("status").orElse("")),
                    factor
                        .text("profile", "credentialId")
                        .flatMap(Base64Text::decode)
                        .filter(bytes -> !bytes.isEmpty()),
                    factor.text("profile", "authenticatorName"),
                    factor.text("created").flatMap(Factors::created)));
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
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static boolean has(Factor factor, Bytes credentialId) {
    return factor.credentialId().map(credentialId::equals).orElse(true);
  }
}

package dev.keysmith.war.it.acme;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.idp.UserQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says in its check what it was configured with, and breaks if that says so; has no users. */
final class AcmeProvider implements IdentityProvider {

  private final PluginContext context;

  AcmeProvider(PluginContext context) {
    this.context = context;
  }

  @Override
  public String check() {
    misbehave(context.requiredText("tenant"));
    if (length("api-key") < 8) {
      throw new PluginException(
          Reason.MISCONFIGURED, "Acme refuses the API key: it is too short. Enter another one.");
    }
    return "Tenant %s at %s in %s, patient for %s, with a signing key of %d characters."
        .formatted(
            context.requiredText("tenant"),
            context.url("origin"),
            context.text("region").orElse("nowhere"),
            context.duration("patience").orElseThrow(),
            length("signing-key"));
  }

  /** Breaks the contract, as the tenant says. */
  private static void misbehave(String tenant) {
    if (tenant.equals("overflows")) {
      misbehave(tenant);
    }
    if (tenant.equals("throws")) {
      throw new NoClassDefFoundError("com/acme/Missing");
    }
  }

  private int length(String secret) {
    return context
        .secret(secret)
        .map(
            text -> {
              Arrays.fill(text, '\0');
              return text.length;
            })
        .orElse(0);
  }

  @Override
  public Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    return new Page<>(List.of(), Optional.empty());
  }

  @Override
  public List<DirectoryGroup> groups(String search, int limit) {
    return List.of();
  }

  @Override
  public Optional<DirectoryGroup> findGroup(String groupId) {
    return Optional.empty();
  }

  @Override
  public Optional<DirectoryUser> findUser(String idOrLogin) {
    return Optional.empty();
  }

  @Override
  public PendingRegistration beginRegistration(String userId) {
    throw unknownUser();
  }

  @Override
  public Factor completeRegistration(
      RegistrationTicket ticket, AuthenticatorAttestationResponse response) {
    throw unknownUser();
  }

  private static PluginException unknownUser() {
    return new PluginException(Reason.NOT_FOUND, "Acme has no users.");
  }

  @Override
  public void cancelRegistration(RegistrationTicket ticket) {
    // There is nothing to cancel.
  }

  @Override
  public List<Factor> listFactors(String userId) {
    return List.of();
  }

  @Override
  public void removeFactor(String userId, String factorId) {
    // There is nothing to remove.
  }

  @Override
  public void close() {
    // It keeps nothing open.
  }
}

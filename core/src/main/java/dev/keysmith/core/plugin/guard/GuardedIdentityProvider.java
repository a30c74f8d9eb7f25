package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.idp.UserQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An identity provider behind {@link ForeignCalls}. */
final class GuardedIdentityProvider implements IdentityProvider {

  private final IdentityProvider provider;
  private final ForeignCalls calls;

  GuardedIdentityProvider(IdentityProvider provider, ForeignCalls calls) {
    this.provider = provider;
    this.calls = calls;
  }

  private <T> T ask(String what, Supplier<T> body) {
    return calls.call(what, calls.limits().ask(), body);
  }

  @Override
  public String check() {
    return ask("check", provider::check);
  }

  @Override
  public Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    return ask("users", () -> provider.users(query, cursor));
  }

  @Override
  public List<DirectoryGroup> groups(String search, int limit) {
    return ask("groups", () -> List.copyOf(provider.groups(search, limit)));
  }

  @Override
  public Optional<DirectoryGroup> findGroup(String groupId) {
    return ask("findGroup", () -> provider.findGroup(groupId));
  }

  @Override
  public Optional<DirectoryUser> findUser(String idOrLogin) {
    return ask("findUser", () -> provider.findUser(idOrLogin));
  }

  @Override
  public PendingRegistration beginRegistration(String userId) {
    return calls.call(
        "beginRegistration",
        calls.limits().ask(),
        () -> provider.beginRegistration(userId),
        late -> withdraw(late.ticket()));
  }

  /** Of a registration that began too late the server knows nothing: no settlement ends it. */
  private void withdraw(RegistrationTicket ticket) {
    calls.quietly(
        "cancelRegistration", calls.limits().ask(), () -> provider.cancelRegistration(ticket));
  }

  @Override
  public Factor completeRegistration(
      RegistrationTicket ticket, AuthenticatorAttestationResponse response) {
    return ask("completeRegistration", () -> provider.completeRegistration(ticket, response));
  }

  @Override
  public void cancelRegistration(RegistrationTicket ticket) {
    calls.run(
        "cancelRegistration", calls.limits().ask(), () -> provider.cancelRegistration(ticket));
  }

  @Override
  public List<Factor> listFactors(String userId) {
    return ask("listFactors", () -> List.copyOf(provider.listFactors(userId)));
  }

  @Override
  public void removeFactor(String userId, String factorId) {
    calls.run("removeFactor", calls.limits().ask(), () -> provider.removeFactor(userId, factorId));
  }

  /** None: there are no abilities yet, and one that the plugin returns would not be guarded. */
  @Override
  public <T> Optional<T> ability(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {
    calls.quietly("close", calls.limits().end(), provider::close);
  }
}

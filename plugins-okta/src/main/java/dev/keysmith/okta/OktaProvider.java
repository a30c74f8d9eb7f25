package dev.keysmith.okta;

import dev.keysmith.okta.credential.ApiToken;
import dev.keysmith.okta.directory.Directory;
import dev.keysmith.okta.factor.Factors;
import dev.keysmith.okta.factor.Registrations;
import dev.keysmith.okta.http.OrgClient;
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

/**
 * An Okta org as identity provider. Each call opens one conversation, whose time all its requests
 * share.
 */
public final class OktaProvider implements IdentityProvider {

  private final OrgClient line;
  private final Directory directory;
  private final Factors factors;
  private final Registrations registrations;

  OktaProvider(OrgClient line) {
    this.line = line;
    this.directory = new Directory(line.org());
    this.factors = new Factors(line.clock());
    this.registrations = new Registrations(line.org(), factors);
  }

  @Override
  public String check() {
    return new OrgCheck(line.org(), line.open()).run(line.credential() instanceof ApiToken);
  }

  @Override
  public Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    return directory.users(line.open(), query, cursor);
  }

  @Override
  public List<DirectoryGroup> groups(String search, int limit) {
    return directory.groups(line.open(), search, limit);
  }

  @Override
  public Optional<DirectoryGroup> findGroup(String groupId) {
    return directory.findGroup(line.open(), groupId);
  }

  @Override
  public Optional<DirectoryUser> findUser(String idOrLogin) {
    return directory.findUser(line.open(), idOrLogin);
  }

  @Override
  public PendingRegistration beginRegistration(String userId) {
    return registrations.begin(line.open(), userId);
  }

  @Override
  public Factor completeRegistration(
      RegistrationTicket ticket, AuthenticatorAttestationResponse response) {
    return registrations.complete(line.open(), ticket, response);
  }

  @Override
  public void cancelRegistration(RegistrationTicket ticket) {
    registrations.cancel(line.open(), ticket);
  }

  @Override
  public List<Factor> listFactors(String userId) {
    return factors.list(line.open(), userId);
  }

  @Override
  public void removeFactor(String userId, String factorId) {
    factors.remove(line.open(), userId, factorId);
  }

  @Override
  public void close() {
    line.close();
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return "OktaProvider[" + line.org().origin() + "]";
  }
}

package dev.keysmith.testing.org.factor;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.exception.Base64UrlException;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.OrgUser;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The active factors as the verifying library wants to see them; its user names are logins. */
final class Passkeys implements CredentialRepository {

  private final Directory directory;
  private final Factors factors;

  Passkeys(Directory directory, Factors factors) {
    this.directory = directory;
    this.factors = factors;
  }

  /** The user handle: the id read as base64url, as Okta's own pages do. */
  static ByteArray handle(String userId) {
    try {
      return ByteArray.fromBase64Url(userId);
    } catch (Base64UrlException e) {
      throw new IllegalStateException("Every id of the org is base64url", e);
    }
  }

  @Override
  public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String login) {
    return directory.find(login).map(OrgUser::id).stream()
        .flatMap(id -> factors.active(id).stream())
        .map(factor -> factor.passkey().orElseThrow().credentialId())
        .map(id -> PublicKeyCredentialDescriptor.builder().id(id).build())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<ByteArray> getUserHandleForUsername(String login) {
    return directory.find(login).map(user -> handle(user.id()));
  }

  @Override
  public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
    return directory.find(userHandle.getBase64Url()).map(OrgUser::login);
  }

  @Override
  public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
    return lookupAll(credentialId).stream()
        .filter(credential -> credential.getUserHandle().equals(userHandle))
        .findFirst();
  }

  @Override
  public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
    return factors
        .withCredential(credentialId)
        .map(f -> f.passkey().orElseThrow().registered(handle(f.userId())))
        .map(Set::of)
        .orElseGet(Set::of);
  }
}

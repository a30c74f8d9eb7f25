package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.Algorithm;
import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.store.StoredCredential;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Finds, stores and wraps credentials. */
final class Credentials {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Authenticator key;

  Credentials(Authenticator key) {
    this.key = key;
  }

  /** The credential with this id, if it is of this key and for this RP ID. */
  Optional<StoredCredential> find(String rpId, byte[] id) {
    return discoverable(rpId).stream()
        .filter(credential -> Arrays.equals(credential.id(), id))
        .findFirst()
        .or(() -> unwrap(rpId, id));
  }

  /** The discoverable credentials for the RP ID, the newest first. */
  List<StoredCredential> discoverable(String rpId) {
    List<StoredCredential> found = new ArrayList<>();
    for (StoredCredential credential : key.state().credentials()) {
      if (credential.rpId().equals(rpId)) {
        found.add(0, credential);
      }
    }
    return found;
  }

  /** Stores a discoverable credential in place of one for the same account (6.1.2, step 17). */
  void store(StoredCredential credential) {
    List<StoredCredential> all = new ArrayList<>(key.state().credentials());
    all.removeIf(
        other ->
            other.rpId().equals(credential.rpId())
                && Arrays.equals(other.userHandle(), credential.userHandle()));
    if (all.size() >= key.traits().maxDiscoverable()) {
      throw CtapStatus.KEY_STORE_FULL.error();
    }
    all.add(credential);
    key.memory().update(state -> state.withCredentials(all));
  }

  /** A credential id that holds the credential, sealed for this key and the RP ID. */
  byte[] wrap(Algorithm algorithm, byte[] privateKey, String rpId, int credProtect) {
    byte[] nonce = key.randomBytes(NONCE);
    byte[] content = Cbor.encode(Map.of(1, algorithm.cose(), 2, privateKey, 3, credProtect));
    return Crypto.concat(
        nonce, Crypto.always(() -> gcm(Cipher.ENCRYPT_MODE, nonce, rpId).doFinal(content)));
  }

  private Optional<StoredCredential> unwrap(String rpId, byte[] id) {
    if (id.length <= NONCE) {
      return Optional.empty();
    }
    try {
      byte[] content =
          gcm(Cipher.DECRYPT_MODE, Arrays.copyOf(id, NONCE), rpId)
              .doFinal(id, NONCE, id.length - NONCE);
      CborMap map = CborMap.parse(content);
      return Optional.of(
          new StoredCredential(
              id,
              Algorithm.of(map.integer(1).orElseThrow()).orElseThrow(),
              map.bytes(2).orElseThrow(),
              new byte[0],
              rpId,
              new byte[0],
              null,
              null,
              map.integer(3).orElseThrow()));
    } catch (GeneralSecurityException e) {
      // Another key's credential, or another relying party's.
      return Optional.empty();
    }
  }

  private Cipher gcm(int mode, byte[] nonce, String rpId) throws GeneralSecurityException {
    byte[] wrappingKey = Crypto.hmacSha256(key.state().masterKey(), Cbor.utf8("credential id"));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(wrappingKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(Cbor.utf8(rpId));
    return cipher;
  }
}

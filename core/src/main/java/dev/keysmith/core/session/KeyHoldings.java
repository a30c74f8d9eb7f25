package dev.keysmith.core.session;

import dev.keysmith.core.ctap.Assertion;
import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.DiscoverableCredentials;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which passkeys of Keysmith's an open key proves to hold. No question here takes a touch.
 *
 * <p>A key that can list its credentials is asked for all of them, which takes its PIN. Any other
 * one, and each one before its PIN is known, is asked by relying party, and by the ids of
 * credentials that are on keys of its model: those may be hidden from the question before (CTAP
 * 2.1, section 12.1).
 */
@ApplicationScoped
class KeyHoldings {

  private static final Bytes NO_CLIENT_DATA = Bytes.of(new byte[32]);
  private static final Interaction SILENT =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);

  @Inject PasskeysOnKeys onKeys;

  /**
   * What a key holds.
   *
   * @param credentials their ids
   * @param passkeys those that Keysmith has written, the newest first
   * @param complete whether the key has listed all of them
   */
  record Found(List<Bytes> credentials, List<Passkey> passkeys, boolean complete) {

    /** The key of the inventory that this proves it to be. */
    Optional<Long> keyId() {
      return passkeys.stream().flatMap(each -> each.keyId().stream()).findFirst();
    }

    /** Whether there are credentials that Keysmith has not written. */
    boolean holdsOthers() {
      return credentials.size() > passkeys.stream().map(Passkey::credentialId).distinct().count();
    }
  }

  /**
   * What can be told without the PIN. A key without one holds nothing of Keysmith's.
   *
   * @param likely passkeys that it may hold, beside the newest of its model
   */
  Found withoutPin(OpenKey key, Collection<Passkey> likely) {
    if (!key.info().isClientPinSet()) {
      return new Found(List.of(), List.of(), true);
    }
    List<Passkey> candidates =
        Stream.concat(likely.stream(), onKeys.leftOn(key.info().aaguid()).stream()).toList();
    Map<String, List<Bytes>> ids = byRelyingParty(candidates);
    Set<Bytes> found = new LinkedHashSet<>();
    relyingParties(ids).forEach(rpId -> found.addAll(ask(key, rpId, ids, null)));
    return found(found, false);
  }

  /**
   * What can be told with the PIN.
   *
   * @param likely passkeys that it may hold
   */
  Found withPin(OpenKey key, Collection<Passkey> likely) {
    DiscoverableCredentials listed = DiscoverableCredentials.on(key);
    if (listed.complete()) {
      return found(listed.ids(), true);
    }
    Map<String, List<Bytes>> ids = byRelyingParty(likely);
    Set<Bytes> found = new LinkedHashSet<>(listed.ids());
    for (String rpId : relyingParties(ids)) {
      try (PinUvAuthToken token = key.token(rpId, Permission.GET_ASSERTION)) {
        found.addAll(ask(key, rpId, ids, token));
      } catch (CtapException e) {
        // It gives no token for such a question, and tells nothing by it.
      }
    }
    return found(found, false);
  }

  private Found found(Collection<Bytes> credentials, boolean complete) {
    return new Found(List.copyOf(credentials), onKeys.of(credentials), complete);
  }

  private static Map<String, List<Bytes>> byRelyingParty(Collection<Passkey> candidates) {
    return candidates.stream()
        .filter(each -> each.rpId().isPresent() && each.credentialId().isPresent())
        .collect(
            Collectors.groupingBy(
                each -> each.rpId().orElseThrow(),
                LinkedHashMap::new,
                Collectors.mapping(
                    each -> each.credentialId().orElseThrow(), Collectors.toList())));
  }

  private Set<String> relyingParties(Map<String, List<Bytes>> ids) {
    Set<String> all = new TreeSet<>(onKeys.relyingParties());
    all.addAll(ids.keySet());
    return all;
  }

  private static Set<Bytes> ask(
      OpenKey key, String rpId, Map<String, List<Bytes>> ids, @Nullable PinUvAuthToken token) {
    Set<Bytes> found = new LinkedHashSet<>(discover(key, rpId, token));
    List<Bytes> left = new ArrayList<>(ids.getOrDefault(rpId, List.of()));
    left.removeAll(found);
    Optional<Bytes> next = find(key, rpId, left, token);
    while (next.isPresent() && left.remove(next.get())) {
      found.add(next.get());
      next = find(key, rpId, left, token);
    }
    return found;
  }

  /** A key that does not answer such a question tells nothing by it. */
  private static List<Bytes> discover(OpenKey key, String rpId, @Nullable PinUvAuthToken token) {
    AssertionRequest silent = AssertionRequest.of(rpId, NO_CLIENT_DATA).silent();
    try {
      return key
          .client()
          .getAssertions(token == null ? silent : silent.verifiedBy(token), SILENT)
          .stream()
          .map(Assertion::credentialId)
          .toList();
    } catch (CtapException e) {
      return List.of();
    }
  }

  private static Optional<Bytes> find(
      OpenKey key, String rpId, List<Bytes> ids, @Nullable PinUvAuthToken token) {
    try {
      return ids.isEmpty() ? Optional.empty() : key.client().findCredential(rpId, ids, token);
    } catch (CtapException e) {
      return Optional.empty();
    }
  }
}

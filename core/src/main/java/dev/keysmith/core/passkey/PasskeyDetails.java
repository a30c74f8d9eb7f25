package dev.keysmith.core.passkey;

import dev.keysmith.core.key.SecurityKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.Map;

/** What the audit log says of a passkey beside its user: which, where, and on which key. */
@ApplicationScoped
public class PasskeyDetails {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  public Map<String, String> of(Passkey passkey) {
    Map<String, String> details = new HashMap<>();
    details.put("passkey", Long.toString(passkey.id()));
    details.put("integration", Long.toString(passkey.integrationId()));
    passkey
        .keyId()
        .map(id -> entities.find(SecurityKey.class, id))
        .ifPresent(key -> details.put("key", key.name()));
    return details;
  }

  /** With one detail more. */
  public Map<String, String> of(Passkey passkey, String name, String value) {
    Map<String, String> details = of(passkey);
    details.put(name, value);
    return details;
  }
}

package dev.keysmith.core.key;

import dev.keysmith.spi.key.KeyDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Which keys of the inventory show a serial number; some models show one on every device. */
@ApplicationScoped
public class SerialNumbers {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /** The keys that show this serial number, if it is known to belong to one of them alone. */
  @Transactional
  public List<SecurityKey> showing(SecurityKey.Facts facts) {
    return twins(facts).stream().filter(key -> !key.isSerialNumberShared()).toList();
  }

  boolean hasTwin(SecurityKey.Facts facts) {
    return !twins(facts).isEmpty();
  }

  /** Whether the serial number, as far as is known, tells a key from all others. */
  @Transactional
  public boolean tellsItself(SecurityKey.Facts facts) {
    return facts.serialNumber().isPresent()
        && twins(facts).stream().noneMatch(SecurityKey::isSerialNumberShared);
  }

  private List<SecurityKey> twins(SecurityKey.Facts facts) {
    return facts.serialNumber().stream()
        .flatMap(serial -> withSerialNumber(facts.model(), serial).stream())
        .filter(key -> key.aaguid().equals(facts.aaguid()))
        .toList();
  }

  /** The one key that shows this serial number, as far as can be told without opening it. */
  @Transactional
  public Optional<SecurityKey> bySerialNumber(KeyDescriptor plugged) {
    List<SecurityKey> found =
        plugged.serialNumber().stream()
            .flatMap(serial -> withSerialNumber(plugged.product(), serial).stream())
            .filter(key -> !key.isSerialNumberShared())
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private List<SecurityKey> withSerialNumber(String model, String serial) {
    return entities
        .createQuery(
            "select k from SecurityKey k where k.serialNumber = :serial and k.model = :model"
                + " order by k.id",
            SecurityKey.class)
        .setParameter("model", model)
        .setParameter("serial", serial)
        .getResultList();
  }
}

package dev.keysmith.core.station;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.PortRule;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Who may use the keys at which station, and for whom. The server's own ports serve everyone. */
@ApplicationScoped
class StationRule implements PortRule {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject StationLinks links;

  /** A station that is not connected has no keys, so nothing is allowed there. */
  @Override
  @Transactional
  public Optional<ProblemException> whyNot(PluggedKey key, Audience audience, @Nullable User user) {
    OptionalLong number = RemoteKeys.stationOf(key);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    Optional<StationIdentity> station = links.of(number.getAsLong()).flatMap(StationLink::identity);
    if (station.filter(known -> known.serves().includes(audience)).isEmpty()) {
      String name = station.map(StationIdentity::name).orElse("");
      return Optional.of(ProblemException.forbidden(StationMessage.NOT_FOR_CALLER, name));
    }
    return user == null || isServed(user, station.get())
        ? Optional.empty()
        : Optional.of(
            ProblemException.forbidden(
                StationMessage.NOT_FOR_USER, station.get().name(), user.login()));
  }

  private boolean isServed(User user, StationIdentity station) {
    return station.groups().isEmpty()
        || !entities
            .createQuery(
                "select m.groupId from Membership m"
                    + " where m.userId = :user and m.groupId in :groups",
                Long.class)
            .setParameter("user", user.id())
            .setParameter("groups", station.groups())
            .setMaxResults(1)
            .getResultList()
            .isEmpty();
  }
}

package dev.keysmith.core.station;

import dev.keysmith.core.seal.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A one-time code by which a station is paired; only its hash is kept. */
@Entity
@Table(name = "station_pairing")
public class StationPairing extends SealedRow {

  static final String KIND = "station-pairing";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private long version;

  private String hash = "";
  private String name = "";
  private String site = "";

  @Enumerated(EnumType.STRING)
  private Serves serves = Serves.OPERATORS;

  @Column(name = "served_groups")
  private String servedGroups = "";

  private Instant issued = Instant.EPOCH;

  @Column(name = "issued_by")
  private String issuedBy = "";

  private Instant expires = Instant.EPOCH;

  /** When it was used or withdrawn. */
  private @Nullable Instant ended;

  @Column(name = "station_id")
  private @Nullable Long stationId;

  /** For JPA. */
  protected StationPairing() {}

  StationPairing(StationTerms terms, String hash, Instant issued, Instant expires) {
    this.name = terms.name();
    this.site = terms.site();
    this.serves = terms.serves();
    this.servedGroups = terms.groupText();
    this.hash = hash;
    this.issued = issued;
    this.expires = expires;
  }

  void issuedBy(String operator) {
    issuedBy = operator;
  }

  boolean isOpen(Instant now) {
    return !isChangedOutside() && ended == null && now.isBefore(expires);
  }

  void use(long station, Instant now) {
    stationId = station;
    ended = now;
  }

  /** One that was changed outside is sealed as an ended one. */
  void withdraw(Instant now) {
    ended = now;
    seal();
  }

  StationTerms terms() {
    return new StationTerms(name, site, serves, StationTerms.groups(servedGroups));
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  protected String kind() {
    return KIND;
  }

  @Override
  public String called() {
    return name;
  }

  @Override
  protected List<String> sealedValues() {
    return texts(id, hash, name, serves, servedGroups, expires, ended);
  }

  /** The name that the station will have. */
  public String name() {
    return name;
  }

  /** When the code was issued. */
  public Instant issued() {
    return issued;
  }

  /** Who issued it. */
  public String issuedBy() {
    return issuedBy;
  }

  /** From when on it is refused. */
  public Instant expires() {
    return expires;
  }

  /** The station that was paired by it. */
  public Optional<Long> stationId() {
    return Optional.ofNullable(stationId);
  }
}

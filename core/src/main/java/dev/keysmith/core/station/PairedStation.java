package dev.keysmith.core.station;

import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.Text;
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

/** A station that may bring keys to this server, known by its public key. */
@Entity
@Table(name = "station")
public class PairedStation extends SealedRow {

  static final String KIND = "station";

  private static final int LONGEST_TEXT = 128;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private long version;

  private String name = "";
  private String site = "";

  @Enumerated(EnumType.STRING)
  private Serves serves = Serves.OPERATORS;

  @Column(name = "served_groups")
  private String servedGroups = "";

  @Column(name = "public_key")
  private String publicKey = "";

  private Instant paired = Instant.EPOCH;

  @Column(name = "paired_by")
  private String pairedBy = "";

  private String program = "";

  @Column(name = "operating_system")
  private String operatingSystem = "";

  @Column(name = "last_seen")
  private @Nullable Instant lastSeen;

  private @Nullable Instant revoked;

  /** For JPA. */
  protected PairedStation() {}

  PairedStation(StationTerms terms, Bytes publicKey, Instant paired, String pairedBy) {
    decide(terms);
    this.publicKey = publicKey.toBase64Url();
    this.paired = paired;
    this.pairedBy = pairedBy;
  }

  final void decide(StationTerms terms) {
    name = terms.name();
    site = terms.site();
    serves = terms.serves();
    servedGroups = terms.groupText();
  }

  /** What the station's program says of itself. */
  void runs(String itsProgram, String itsSystem) {
    program = Text.cut(itsProgram, LONGEST_TEXT);
    operatingSystem = Text.cut(itsSystem, LONGEST_TEXT);
  }

  void seen(Instant now) {
    lastSeen = now;
  }

  /** False if it was revoked before. One that was changed outside is sealed as a revoked one. */
  boolean revoke(Instant now) {
    if (revoked != null && !isChangedOutside()) {
      return false;
    }
    revoked = now;
    seal();
    return true;
  }

  /** Whether it may connect. */
  public boolean isUsable() {
    return revoked == null && !isChangedOutside();
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
    return texts(id, name, serves, servedGroups, publicKey, revoked);
  }

  /** How people call it. */
  public String name() {
    return name;
  }

  /** Where it stands; empty if that was not entered. */
  public String site() {
    return site;
  }

  /** Who may use its keys. */
  public Serves serves() {
    return serves;
  }

  /** Of whose members keys may be written there; empty for all users. */
  public List<Long> groups() {
    return StationTerms.groups(servedGroups);
  }

  byte[] publicKey() {
    return Bytes.fromBase64Url(publicKey).toArray();
  }

  /** The SHA-256 hash of its public key in hexadecimal digits, by which people compare it. */
  public String fingerprint() {
    return Bytes.of(publicKey()).sha256().toHex();
  }

  /** When it was paired. */
  public Instant paired() {
    return paired;
  }

  /** Who issued the code by which it was paired. */
  public String pairedBy() {
    return pairedBy;
  }

  /** The version of its program, as it says. */
  public String program() {
    return program;
  }

  /** The operating system it runs on, as it says. */
  public String operatingSystem() {
    return operatingSystem;
  }

  /** When it was connected last, give or take a minute. */
  public Optional<Instant> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /** When it was revoked. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revoked);
  }
}

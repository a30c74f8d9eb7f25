package dev.keysmith.core.secret;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A known text, sealed. */
@Entity
@Table(name = "master_key_check")
class SealedMark {

  @Id private int id;
  private String sealed;

  /** For JPA. */
  protected SealedMark() {}

  SealedMark(int id, String sealed) {
    this.id = id;
    this.sealed = sealed;
  }

  void replace(String newSealed) {
    sealed = newSealed;
  }

  String sealed() {
    return sealed;
  }
}

package dev.keysmith.core.enrolment;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.Factor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The factors that a user has at the identity provider before another is enrolled.
 *
 * @param pending the ids of those that were begun
 * @param inUse the credentials of those that are active
 * @param complete whether the identity provider has told the credential of each active one
 */
record PresentFactors(List<String> pending, List<Bytes> inUse, boolean complete) {

  static PresentFactors of(List<Factor> factors) {
    List<Optional<Bytes>> credentials =
        with(factors, Factor.Status.ACTIVE).map(Factor::credentialId).toList();
    return new PresentFactors(
        with(factors, Factor.Status.PENDING).map(Factor::id).toList(),
        credentials.stream().flatMap(Optional::stream).toList(),
        credentials.stream().allMatch(Optional::isPresent));
  }

  private static Stream<Factor> with(List<Factor> factors, Factor.Status status) {
    return factors.stream().filter(factor -> factor.status() == status);
  }

  /** Whether a credential opens nothing at the identity provider, as far as it can be known. */
  boolean excludeUse(Bytes credential) {
    return complete && !inUse.contains(credential);
  }
}

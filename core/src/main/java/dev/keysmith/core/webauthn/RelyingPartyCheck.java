package dev.keysmith.core.webauthn;

import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.WebOrigin;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Text;
import dev.keysmith.spi.idp.PendingRegistration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a browser that a security key relies on: a page can have passkeys made for its own
 * site alone (WebAuthn Level 3, section 5.1.3). Without it, an identity provider could have a
 * passkey of any site made, and signed client data with the origin of that site.
 */
public final class RelyingPartyCheck {

  private static final int LONGEST = 100;

  private RelyingPartyCheck() {}

  /**
   * Verifies that the origin is the integration's address or one of its custom domains, and that
   * the RP ID belongs to the origin.
   *
   * @throws ProblemException {@code FORBIDDEN} with what an administrator can do
   */
  public static void verify(Integration integration, PendingRegistration registration) {
    String rpId = registration.options().relyingParty().id();
    Optional<WebOrigin> origin = WebOrigin.parse(registration.origin());
    if (origin.filter(integration::signsInAt).filter(it -> it.allows(rpId)).isEmpty()) {
      throw ProblemException.forbidden(
          WebAuthnMessage.RELYING_PARTY,
          cut(rpId),
          cut(registration.origin()),
          integration.label(),
          places(integration));
    }
  }

  private static String places(Integration integration) {
    return Stream.concat(integration.origin().stream(), integration.domains().stream())
        .collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    return Text.shorten(text, LONGEST);
  }
}

package dev.keysmith.core.ctap;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.spi.key.KeepAliveListener;
import java.time.Duration;
import java.util.List;

/** Creation options and the like, the same in all tests. */
final class Samples {

  static final String RP_ID = "example.okta.com";
  static final Interaction TOUCH = new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);
  static final Bytes HASH =
      Bytes.fromHex("687134968222ec17202e42505f8ed2b16ae22f16bb05b88c25db9e602645f141");

  private Samples() {}

  static CredentialCreationOptions options(String login, Bytes... excluded) {
    return options(login, Requirement.REQUIRED, Requirement.REQUIRED, excluded);
  }

  static CredentialCreationOptions options(
      String login, Requirement residentKey, Requirement userVerification, Bytes... excluded) {
    return new CredentialCreationOptions(
        new RelyingParty(RP_ID, "Example"),
        new UserEntity(Bytes.of((byte) login.length(), (byte) login.charAt(0)), login, "A. User"),
        "Y2hhbGxlbmdl",
        List.of(-7),
        List.of(excluded).stream().map(id -> new CredentialDescriptor(id, List.of("usb"))).toList(),
        residentKey,
        userVerification,
        Attestation.DIRECT);
  }
}

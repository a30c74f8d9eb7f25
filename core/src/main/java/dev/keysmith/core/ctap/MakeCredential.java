package dev.keysmith.core.ctap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command makeCredential (CTAP 2.1, section 6.1). */
final class MakeCredential {

  private static final CtapCommand COMMAND = CtapCommand.MAKE_CREDENTIAL;

  private final CommandChannel channel;
  private final AuthenticatorInfo info;
  private final CredentialRequest request;
  private final CredentialCreationOptions options;

  MakeCredential(CommandChannel channel, CredentialRequest request) {
    this.channel = channel;
    this.info = channel.info();
    this.request = request;
    this.options = request.options();
  }

  MadeCredential perform(Interaction interaction) {
    requireSupport();
    CBORObject parameters = parametersThatFit();
    return read(channel.call(COMMAND, parameters, interaction));
  }

  private void requireSupport() {
    if (options.residentKey() == Requirement.REQUIRED && !info.supportsDiscoverableCredentials()) {
      throw refused(CtapStatus.UNSUPPORTED_OPTION, "the key stores no discoverable credentials");
    }
    if (options.userVerification() == Requirement.REQUIRED
        && request.verification().isEmpty()
        && !info.isBuiltInUvConfigured()) {
      throw refused(CtapStatus.PUAT_REQUIRED, "the identity provider requires user verification");
    }
    if (request.protection().isPresent() && !info.supportsExtension("credProtect")) {
      throw refused(CtapStatus.UNSUPPORTED_OPTION, "the key does not know credProtect");
    }
    if (request.enterpriseAttestation().isPresent() && !info.has("ep")) {
      throw refused(
          CtapStatus.UNSUPPORTED_OPTION, "enterprise attestation is not enabled on the key");
    }
  }

  /**
   * With all excluded credentials if they fit; otherwise with the one that the key holds, so that
   * it asks for a touch before it says so, or none.
   */
  private CBORObject parametersThatFit() {
    List<Bytes> all =
        CredentialLists.possible(
            options.excludeCredentials().stream().map(CredentialDescriptor::id).toList(), info);
    if (all.size() <= CredentialLists.maxCount(info)) {
      CBORObject withAll = parameters(all);
      if (channel.fits(withAll)) {
        return withAll;
      }
    }
    Optional<Bytes> held =
        new GetAssertion(channel)
            .find(rpId(), CredentialLists.chunks(all, info), tokenForQuestions());
    return parameters(held.stream().toList());
  }

  private @Nullable PinUvAuthToken tokenForQuestions() {
    return request
        .verification()
        .filter(token -> token.allows(Permission.GET_ASSERTION, rpId()))
        .orElse(null);
  }

  private CBORObject parameters(List<Bytes> excludeList) {
    byte[] hash = request.clientDataHash().toArray();
    CBORObject parameters =
        CBORObject.NewMap()
            .Add(0x01, hash)
            .Add(0x02, relyingParty(options.relyingParty()))
            .Add(0x03, CborMap.user(options.user()))
            .Add(0x04, algorithms());
    if (!excludeList.isEmpty()) {
      parameters.Add(0x05, CredentialLists.descriptors(excludeList));
    }
    request
        .protection()
        .ifPresent(p -> parameters.Add(0x06, CBORObject.NewMap().Add("credProtect", p.level())));
    CBORObject asked = options();
    if (asked.size() > 0) {
      parameters.Add(0x07, asked);
    }
    request
        .verification()
        .ifPresent(
            token ->
                parameters.Add(0x08, token.authenticate(hash)).Add(0x09, token.protocolNumber()));
    request.enterpriseAttestation().ifPresent(kind -> parameters.Add(0x0A, kind.level()));
    return parameters;
  }

  private static CBORObject relyingParty(RelyingParty relyingParty) {
    CBORObject map = CBORObject.NewMap().Add("id", relyingParty.id());
    CborMap.addText(map, "name", relyingParty.name());
    return map;
  }

  private CBORObject algorithms() {
    CBORObject list = CBORObject.NewArray();
    for (int algorithm : options.algorithms()) {
      list.Add(CBORObject.NewMap().Add("alg", algorithm).Add("type", "public-key"));
    }
    return list;
  }

  /** The option {@code uv} only where no token proves the verification. */
  private CBORObject options() {
    CBORObject map = CBORObject.NewMap();
    if (options.residentKey() == Requirement.REQUIRED
        || options.residentKey() == Requirement.PREFERRED
            && info.supportsDiscoverableCredentials()) {
      map.Add("rk", true);
    }
    if (options.userVerification() != Requirement.DISCOURAGED
        && request.verification().isEmpty()
        && info.isBuiltInUvConfigured()) {
      map.Add("uv", true);
    }
    return map;
  }

  private MadeCredential read(CborMap answer) {
    String source = COMMAND.standardName();
    AuthenticatorData data = AuthenticatorData.parse(answer.requiredBytes(0x02), source);
    if (!data.rpIdHash().equals(Bytes.of(rpId().getBytes(UTF_8)).sha256())) {
      throw CtapException.unreadable(source, "it is about another relying party", null);
    }
    return new MadeCredential(
        answer.requiredText(0x01),
        data,
        data.attestedCredential()
            .orElseThrow(() -> CtapException.unreadable(source, "without a credential", null)),
        answer.requiredMap(0x03).encoded(),
        answer.bool(0x04).orElse(false));
  }

  private String rpId() {
    return options.relyingParty().id();
  }

  private static CtapException refused(CtapStatus status, String why) {
    return CtapException.refused(COMMAND, status, why);
  }
}

package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commands getAssertion and getNextAssertion (CTAP 2.1, sections 6.2 and 6.3). */
final class GetAssertion {

  /** For requests whose signature is not verified. */
  private static final Bytes ANY_HASH = Bytes.of(new byte[32]);

  private final CommandChannel channel;

  GetAssertion(CommandChannel channel) {
    this.channel = channel;
  }

  /** All assertions; with an allow list, that of the first chunk that has a credential. */
  List<Assertion> all(AssertionRequest request, Interaction interaction) {
    if (request.allowList().isEmpty()) {
      return withList(request, List.of(), interaction);
    }
    List<List<Bytes>> chunks = CredentialLists.chunks(request.allowList(), channel.info());
    if (chunks.size() == 1) {
      return withList(request, chunks.get(0), interaction);
    }
    Optional<Bytes> found = find(request.rpId(), chunks, request.verification().orElse(null));
    return found
        .map(id -> withList(request, List.of(id), interaction))
        .orElseThrow(
            () ->
                CtapException.refused(
                    CtapCommand.GET_ASSERTION,
                    CtapStatus.NO_CREDENTIALS,
                    "the key was asked silently first"));
  }

  /** The first of the credentials that the key holds, found without a touch. */
  Optional<Bytes> find(String rpId, List<List<Bytes>> chunks, @Nullable PinUvAuthToken token) {
    for (List<Bytes> chunk : chunks) {
      Optional<Bytes> found = findInChunk(rpId, chunk, token);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Bytes> findInChunk(
      String rpId, List<Bytes> chunk, @Nullable PinUvAuthToken token) {
    AssertionRequest question =
        new AssertionRequest(rpId, ANY_HASH, chunk, false, false, Optional.ofNullable(token));
    try {
      return Optional.of(read(first(question, chunk, Interaction.NONE), chunk).credentialId());
    } catch (CtapException e) {
      if (e.status() == CtapStatus.NO_CREDENTIALS || e.status() == CtapStatus.INVALID_CREDENTIAL) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<Assertion> withList(
      AssertionRequest request, List<Bytes> allowList, Interaction interaction) {
    CborMap answer = first(request, allowList, interaction);
    long count = answer.number(0x05).orElse(1L);
    FetchBudget budget = new FetchBudget(CtapCommand.GET_ASSERTION);
    budget.announce(count);
    List<Assertion> assertions = new ArrayList<>();
    assertions.add(read(answer, allowList));
    while (assertions.size() < count) {
      CborMap next =
          budget.next(() -> channel.call(CtapCommand.GET_NEXT_ASSERTION, null, Interaction.NONE));
      assertions.add(read(next, List.of()));
    }
    return List.copyOf(assertions);
  }

  private CborMap first(AssertionRequest request, List<Bytes> allowList, Interaction interaction) {
    CborMap answer =
        channel.call(CtapCommand.GET_ASSERTION, parameters(request, allowList), interaction);
    if (answer.isEmpty()) {
      throw CtapException.nothing(CtapCommand.GET_ASSERTION);
    }
    return answer;
  }

  private static CBORObject parameters(AssertionRequest request, List<Bytes> allowList) {
    byte[] hash = request.clientDataHash().toArray();
    CBORObject parameters = CBORObject.NewMap().Add(0x01, request.rpId()).Add(0x02, hash);
    if (!allowList.isEmpty()) {
      parameters.Add(0x03, CredentialLists.descriptors(allowList));
    }
    CBORObject options = options(request);
    if (options.size() > 0) {
      parameters.Add(0x05, options);
    }
    request
        .verification()
        .ifPresent(
            token ->
                parameters.Add(0x06, token.authenticate(hash)).Add(0x07, token.protocolNumber()));
    return parameters;
  }

  private static CBORObject options(AssertionRequest request) {
    CBORObject options = CBORObject.NewMap();
    if (!request.userPresence()) {
      options.Add("up", false);
    }
    if (request.builtInVerification()) {
      options.Add("uv", true);
    }
    return options;
  }

  private static Assertion read(CborMap answer, List<Bytes> allowList) {
    return new Assertion(
        credentialId(answer, allowList),
        AuthenticatorData.parse(
            answer.requiredBytes(0x02), CtapCommand.GET_ASSERTION.standardName()),
        answer.requiredBytes(0x03),
        answer.map(0x04).map(user -> user.requiredBytes("id")));
  }

  /** A key may leave the credential out if the allow list has one only. */
  private static Bytes credentialId(CborMap answer, List<Bytes> allowList) {
    if (allowList.size() == 1 && !answer.has(0x01)) {
      return allowList.get(0);
    }
    return answer.requiredMap(0x01).requiredBytes("id");
  }
}

package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts credential lists to what a key takes at once, and asks it silently which one it holds (CTAP
 * 2.1, section 6.1.2, pre-flight).
 */
final class CredentialLists {

  /** What getAssertion needs beside its list: RP ID of at most 253 characters, hash, signature. */
  private static final int ROOM_FOR_THE_REST = 384;

  /** Type, keys and heads of a descriptor. */
  private static final int DESCRIPTOR_OVERHEAD = 24;

  private CredentialLists() {}

  /** The descriptors of credentials in CBOR; without transports, which keys ignore. */
  static CBORObject descriptors(List<Bytes> credentialIds) {
    CBORObject list = CBORObject.NewArray();
    for (Bytes id : credentialIds) {
      list.Add(CBORObject.NewMap().Add("id", id.toArray()).Add("type", "public-key"));
    }
    return list;
  }

  private static boolean fit(List<Bytes> credentialIds, AuthenticatorInfo info) {
    return credentialIds.size() <= maxCount(info)
        && size(credentialIds) <= info.maxMsgSize() - ROOM_FOR_THE_REST;
  }

  /** Lists of a size that a key takes; credentials that cannot be the key's are left out. */
  static List<List<Bytes>> chunks(List<Bytes> credentialIds, AuthenticatorInfo info) {
    List<List<Bytes>> chunks = new ArrayList<>();
    List<Bytes> chunk = new ArrayList<>();
    for (Bytes id : possible(credentialIds, info)) {
      chunk.add(id);
      if (chunk.size() > 1 && !fit(chunk, info)) {
        chunk.remove(chunk.size() - 1);
        chunks.add(List.copyOf(chunk));
        chunk = new ArrayList<>(List.of(id));
      }
    }
    if (!chunk.isEmpty()) {
      chunks.add(List.copyOf(chunk));
    }
    return chunks;
  }

  /** Those whose IDs are short enough to be of this key. */
  static List<Bytes> possible(List<Bytes> credentialIds, AuthenticatorInfo info) {
    Optional<Integer> max = info.maxCredentialIdLength();
    return credentialIds.stream()
        .filter(id -> max.map(limit -> id.length() <= limit).orElse(true))
        .toList();
  }

  /** A key that does not say how many it takes is given one at a time. */
  static int maxCount(AuthenticatorInfo info) {
    return info.maxCredentialCountInList().orElse(1);
  }

  private static int size(List<Bytes> credentialIds) {
    return credentialIds.stream().mapToInt(id -> id.length() + DESCRIPTOR_OVERHEAD).sum();
  }
}

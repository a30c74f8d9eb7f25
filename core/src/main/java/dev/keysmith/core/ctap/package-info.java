/**
 * A CTAP2 client: the commands of the Client to Authenticator Protocol, for keys of CTAP 2.0,
 * 2.1-PRE, 2.1 and 2.2, over a {@link dev.keysmith.spi.key.KeyConnection}.
 *
 * <p>Start at {@link dev.keysmith.core.ctap.Ctap2Client}. Why it is so:
 *
 * <ul>
 *   <li>One class per command family, because what they share is small: send a command, read a map.
 *   <li>A key is untrusted input. Every answer is checked for size, nesting, definite lengths and
 *       tags before the CBOR library sees it, and for duplicate keys and types after that. What is
 *       wrong ends in a {@link dev.keysmith.core.ctap.wire.CtapException}; no other unchecked
 *       exception comes from an answer. Map keys in an unusual order are accepted and text that was
 *       cut within a character is mended, since keys in the field send both.
 *   <li>A failure of the transport stays a {@link dev.keysmith.spi.PluginException}.
 *   <li>Where the client knows that the key would refuse, it refuses itself with the same status.
 *   <li>Nothing is repeated: a wrong PIN costs exactly one attempt.
 *   <li>PINs, shared secrets and tokens are zeroed after use. The Java cryptography providers keep
 *       copies of key bytes that cannot be zeroed; and a PIN with characters that NFC may change
 *       passes through a {@code String}, because the JDK normalises nothing else.
 * </ul>
 */
@NullMarked
package dev.keysmith.core.ctap;

import org.jspecify.annotations.NullMarked;

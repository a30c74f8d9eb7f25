/**
 * Security keys at smart card readers: CTAP over ISO 7816 (CTAP 2.1, section 11.3), by NFC or by
 * contacts.
 *
 * <p>From the bottom up: an {@link dev.keysmith.pcsc.ApduWire} carries one command and its answer;
 * {@code Apdus} makes chains of them; {@code CtapNfc} speaks to the FIDO applet; {@link
 * dev.keysmith.pcsc.PcscConnection} is the security key that the server sees; {@link
 * dev.keysmith.pcsc.PcscTransport} finds and opens the keys at the readers of this machine.
 */
@NullMarked
package dev.keysmith.pcsc;

import org.jspecify.annotations.NullMarked;

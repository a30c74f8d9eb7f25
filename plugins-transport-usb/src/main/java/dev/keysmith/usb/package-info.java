/**
 * Security keys over USB: CTAPHID (CTAP 2.1, section 11.2) over 64-byte packets.
 *
 * <p>From the bottom up: a {@link dev.keysmith.usb.PacketPipe} carries packets; {@code CtapHid}
 * makes messages of them; {@link dev.keysmith.usb.UsbConnection} is the security key that the
 * server sees; {@link dev.keysmith.usb.UsbTransport} finds and opens the keys of this machine.
 */
@NullMarked
package dev.keysmith.usb;

import org.jspecify.annotations.NullMarked;

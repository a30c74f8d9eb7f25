/**
 * The virtual key as a card: CTAP over ISO 7816 (CTAP 2.1, section 11.3), and a slot of vpcd, the
 * virtual reader of the PC/SC service.
 */
@NullMarked
package dev.keysmith.testing.key.nfc;

import org.jspecify.annotations.NullMarked;

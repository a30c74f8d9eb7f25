/**
 * Virtual security keys as USB devices: for virtual machines (usb-redir) and for Linux (USB/IP).
 */
@NullMarked
package dev.keysmith.testing.key.usb;

import org.jspecify.annotations.NullMarked;

/** Lists of the panel: what part of them an address asks for, and the addresses of other parts. */
@NullMarked
package dev.keysmith.war.panel.list;

import org.jspecify.annotations.NullMarked;

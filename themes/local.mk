nobase_dist_pkgdata_DATA += \
	themes/colourblind.theme \
	themes/contrast.theme \
	themes/dark.theme \
	themes/light.theme \
	themes/mono.theme

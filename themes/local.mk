nobase_dist_pkgdata_DATA += themes/dark.theme themes/light.theme themes/mono.theme
